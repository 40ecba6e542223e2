"""When the rest may follow the first hundredth, when to brake, and when all is done; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from dialogs.notices.states import OPEN_ROWS, REACHED, ROWS, Row
from storage.notice_counting import Count
from storage.notices import Notice

Step: TypeAlias = Literal["go_on", "rest", "brake", "finish"]

STAGES: Final = frozenset({"first", "rest", "free"})
"""How far a notice has come, once all of its people are gathered and it is being sent."""

_TOO_FAR: Final = 0.10
_ENOUGH: Final = 20  # outcomes: of fewer no share is taken
_FEW: Final = 3  # … but of the whole first hundredth it is
_HARMLESS: Final = frozenset({"blocked"})
"""Failures that say nothing of the notice: people leave messengers all the time."""

_CUT_OFF: Final = frozenset({"stopped", "expired"})


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

    def by_state(self) -> dict[Row, int]:
        """Count people by state, in the order in which states are told."""
        counted = {state: self.people(state) for state in ROWS}
        return {state: people for state, people in counted.items() if people}

    def by_channel(self, *states: str) -> dict[str, int]:
        """Count people by channel, those in some states, or all of them."""
        counted: Counter[str] = Counter()
        for one in self.counts:
            if one.channel and (not states or one.state in states):
                counted[one.channel] += one.people
        return dict(sorted(counted.items()))

    def errors(self) -> tuple[tuple[Row, str, int], ...]:
        """List the reasons why people have not got it, each with its state, most of them first."""
        counted: Counter[tuple[Row, str]] = Counter()
        for one in self.counts:
            if one.reason and one.state not in REACHED:
                counted[one.state, one.reason] += one.people
        return tuple((state, reason, many) for (state, reason), many in counted.most_common())

    @property
    def left_out(self) -> int:
        """Count those who were not meant to get it, for a reason of their own."""
        return self.people("skipped") - self.cut_off

    @property
    def cut_off(self) -> int:
        """Count those who were meant to get it, until it was stopped or its time was over."""
        return sum(
            one.people for one in self.counts if one.state == "skipped" and one.reason in _CUT_OFF
        )

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
