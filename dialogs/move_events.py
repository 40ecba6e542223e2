"""What happens when an unfinished application moves from one messenger to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Sought: TypeAlias = Literal["found", "unknown", "often"]


@dataclass(frozen=True, slots=True)
class MoveCode:
    """A code was drawn: whoever types it elsewhere asks for the draft of a number."""

    code: str = field(repr=False)
    draft: int = 0


@dataclass(frozen=True, slots=True)
class DraftSought:
    """What came of a code that was typed here; nobody learns why one opens nothing."""

    outcome: Sought


@dataclass(frozen=True, slots=True)
class DraftWanted:
    """Somebody has typed our code in another chat, by its id ``to``, of a ``channel``."""

    to: int
    channel: str
    draft: int


@dataclass(frozen=True, slots=True)
class DraftHanded:
    """A draft has come from another chat of the same person."""

    form: str
    version: int
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)


OnTheMove: TypeAlias = MoveCode | DraftSought | DraftWanted | DraftHanded
