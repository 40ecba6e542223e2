"""What happens when somebody moves from one messenger to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Sought: TypeAlias = Literal["found", "unknown", "often", "other"]
"""``other`` when the conversation is of another insured person than this one."""


@dataclass(frozen=True, slots=True)
class MoveCode:
    """A code was drawn: whoever types it elsewhere asks for the draft of a number."""

    code: str = field(repr=False)
    draft: int = 0


@dataclass(frozen=True, slots=True)
class DraftSought:
    """What came of a code that was typed here.

    Wrong, expired, spent and one's own are one: ``unknown``. ``other`` tells that a code was right
    of somebody who is proven to be another, and is worth nothing any more.
    """

    outcome: Sought


@dataclass(frozen=True, slots=True)
class DraftWanted:
    """Somebody has typed our code in another chat, by its id ``to``, of a ``channel``.

    ``draft`` is what the code was drawn for, 0 for the whole conversation.
    """

    to: int
    channel: str
    draft: int


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """Somebody who is proven to be another person has typed our code in a ``channel``.

    Nothing moves, and the code is spent.
    """

    channel: str


@dataclass(frozen=True, slots=True)
class DraftHanded:
    """A draft has come from another chat of the same person."""

    form: str
    version: int
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllHanded:
    """A whole conversation has come from a chat of the same person, at a ``channel``'s address.

    Whatever is not in its ``state`` is here already; ``applications`` and ``people`` count it.
    """

    channel: str
    address: str = field(repr=False)
    state: Mapping[str, Any] = field(default_factory=dict, repr=False)
    applications: int = 0
    people: int = 0


OnTheMove: TypeAlias = MoveCode | DraftSought | DraftWanted | CodeTyped | DraftHanded | AllHanded
