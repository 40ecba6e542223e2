"""What moving an application to another messenger wants from the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.json import Json


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """Draw a code by which the draft of a number may be asked for elsewhere.

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


OfDraft: TypeAlias = OfferDraft | ClaimDraft | HandDraft
