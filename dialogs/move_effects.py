"""What moving to another messenger wants from the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.json import Json


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """Draw a code by which the draft of a number may be asked for elsewhere.

    Number 0 stands for the whole conversation.
    The world answers with `dialogs.move_events.MoveCode`.
    """

    draft: int


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """Ask whoever has offered a draft under this code; `DraftSought` follows later."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HandDraft:
    """Hand a draft to another chat, by its id; `DraftHanded` follows there."""

    to: int
    form: str
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandAll:
    """Hand the whole conversation to another chat, by its id; `AllHanded` follows there.

    ``state`` is the session as JSON; ``applications`` and ``people`` count what goes with it
    that the session does not hold. Everything that is the chat's own moves with them, see
    `storage.carrying`.
    """

    to: int
    channel: str
    state: Mapping[str, Json] = field(repr=False)
    applications: int = 0
    people: int = 0


OfMove: TypeAlias = OfferDraft | ClaimDraft | HandDraft | HandAll
