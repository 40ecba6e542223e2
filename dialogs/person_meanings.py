"""What buttons on the way to a representative can mean."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class LeaveQuestion:
    """Leave a question for when representatives answer again."""


@dataclass(frozen=True, slots=True)
class AskCallback:
    """Ask to be called back."""


@dataclass(frozen=True, slots=True)
class CallAt:
    """Choose the part of the day in which to be called."""

    part: str


@dataclass(frozen=True, slots=True)
class NotWait:
    """Wait for a representative no longer."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Rate a talk with a representative, by its id, from 1 to 5."""

    talk: int
    score: int


OnPerson: TypeAlias = LeaveQuestion | AskCallback | CallAt | NotWait | Judge
