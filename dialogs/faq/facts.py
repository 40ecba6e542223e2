"""Facts of law and practice: where each comes from, when it was checked, when it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, both ends included, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds_on(self, day: date) -> bool:
        """Tell whether the day lies in the season; a season may run over New Year."""
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: a law, a page, a document; ``names`` by language."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement that answers may rest on.

    ``since`` and ``until`` are its first and last day in force (``until`` empty: no end
    known); ``season`` narrows it to a part of every year. ``states`` holds what must not
    be contradicted, as subject → value: two facts in force on one day must not state
    different values for one subject.
    """

    id: str
    sources: tuple[str, ...]
    checked: date
    since: date
    until: date | None = None
    season: Season | None = None
    states: Mapping[str, str] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        """Tell whether the fact is in force on the day."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and (self.season is None or self.season.holds_on(day))
        )
