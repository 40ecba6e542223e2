"""When the rest may follow the first hundredth, when to brake, and when all is done; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from dialogs.notices.states import OPEN_ROWS, REACHED
from storage.notice_counting import Count
from storage.notices import Notice

Step: TypeAlias = Literal["go_on", "rest", "brake", "finish"]

_TOO_FAR: Final = 0.10
_ENOUGH: Final = 20  # outcomes: of fewer no share is taken
_FEW: Final = 3  # … but of the whole first hundredth it is
_HARMLESS: Final = frozenset({"blocked"})
"""Failures that say nothing of the notice: people leave messengers all the time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a notice stands, by the counts of its rows."""

    counts: Sequence[Count]

    def people(self, *states: str) -> int:
        """Count those in some states; all of them when none is named."""
        return sum(one.people for one in self.counts if not states or one.state in states)

    @property
    def open(self) -> int:
        """Count those still to be sent to."""
        return self.people(*OPEN_ROWS)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left or under way."""
        return self.open + self.people("handed") == 0

    @property
    def reached(self) -> int:
        """Count those who got it."""
        return self.people(*REACHED)

    @property
    def failed(self) -> int:
        """Count failures that may be the notice's own fault."""
        return sum(
            one.people
            for one in self.counts
            if one.state == "failed" and one.reason not in _HARMLESS
        )


def judge(sending: Notice, standing: Standing, *, first_left: bool) -> Step:
    """Decide what follows."""
    outcomes = standing.reached + standing.failed
    enough = _FEW if sending.stage == "first" and not first_left else _ENOUGH
    braking = sending.stage in {"first", "rest"} and outcomes >= enough
    if braking and standing.failed * 100 > sending.content.brake * outcomes:
        return "brake"
    if sending.stage == "first":
        return "go_on" if first_left else "rest"
    return "finish" if standing.is_done else "go_on"


def moved_too_far(expected: int, people: int) -> bool:
    """Tell whether the audience differs by more than a tenth from what was approved."""
    return abs(people - expected) > expected * _TOO_FAR
