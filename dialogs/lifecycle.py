"""The life of an application: one table of the moves that are allowed, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

State: TypeAlias = Literal[
    "submitted",
    "in_review",
    "needs_clarification",
    "suspended",
    "approved",
    "rejected",
    "completed",
    "withdrawn",
]
Actor: TypeAlias = Literal["citizen", "representative", "clock"]

MOVES: Mapping[State, Mapping[State, frozenset[Actor]]] = {
    "submitted": {
        "in_review": frozenset({"representative"}),
        "withdrawn": frozenset({"citizen"}),
    },
    "in_review": {
        "submitted": frozenset({"representative"}),
        "needs_clarification": frozenset({"representative"}),
        "approved": frozenset({"representative"}),
        "rejected": frozenset({"representative"}),
        "withdrawn": frozenset({"citizen"}),
    },
    "needs_clarification": {
        "in_review": frozenset({"citizen", "representative"}),
        "suspended": frozenset({"clock"}),
        "withdrawn": frozenset({"citizen"}),
    },
    "suspended": {
        "in_review": frozenset({"citizen", "representative"}),
        "rejected": frozenset({"representative"}),
        "withdrawn": frozenset({"citizen"}),
    },
    "approved": {
        "completed": frozenset({"representative"}),
    },
    "rejected": {},
    "completed": {},
    "withdrawn": {},
}
"""From each state to the states that may follow, and who may move there."""

NEEDS_REASON: frozenset[State] = frozenset({"needs_clarification", "rejected"})
"""Moves that the citizen must be given a reason for."""

ENDED: frozenset[State] = frozenset(state for state, onward in MOVES.items() if not onward)
"""States that nothing follows."""


def may_move(here: State, there: State, actor: Actor) -> bool:
    """Tell whether the actor may move an application from here to there."""
    return actor in MOVES[here].get(there, frozenset())


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a life: where to, when (UTC), who (an actor's name for staff), and why."""

    state: State
    at: datetime
    actor: Actor
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Application:
    """An application as its citizen may know it.

    ``about`` names the person it is for when that is not the citizen; ``due_on`` is the
    day by which something was promised or is asked for; ``moves`` are in order, the first
    being its filing.
    """

    number: str
    form: str
    state: State
    moves: tuple[Move, ...]
    about: str = field(default="", repr=False)
    due_on: date | None = None
