"""When people answer: the weekly hours and the days that differ, as one calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Open: TypeAlias = tuple[time, time]
"""From when to when people answer on a day; the end is no longer within."""

_LOOKED_AHEAD = 60  # days; longer than any holidays


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the seven days from Monday, None where closed, and of days that differ.

    All times are in the zone of the moments that are asked about.
    """

    week: tuple[Open | None, ...]
    exceptions: Mapping[date, Open | None] = field(default_factory=dict)

    def of(self, day: date) -> Open | None:
        """Tell the hours of a day; None when nobody answers."""
        return self.exceptions[day] if day in self.exceptions else self.week[day.weekday()]

    def closes(self, moment: datetime) -> datetime | None:
        """Tell until when people answer; None when they do not at this moment."""
        hours = self.of(moment.date())
        if hours and hours[0] <= moment.time() < hours[1]:
            return datetime.combine(moment.date(), hours[1], moment.tzinfo)
        return None

    def opens(self, moment: datetime) -> datetime:
        """Tell from when people answer: the moment itself, or the next beginning of hours.

        A calendar without any hours opens after what it is looked ahead for.
        """
        if self.closes(moment):
            return moment
        for ahead in range(_LOOKED_AHEAD):
            day = moment.date() + timedelta(days=ahead)
            hours = self.of(day)
            if hours and (ahead or moment.time() < hours[0]):
                return datetime.combine(day, hours[0], moment.tzinfo)
        return moment + timedelta(days=_LOOKED_AHEAD)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where representatives answer: their hours, and within what time they mean to.

    ``urgent`` is that time for somebody in distress; who leads a dialog and is silent for the
    ``lease`` loses it.
    """

    hours: Hours
    norm: timedelta = timedelta(minutes=15)
    urgent: timedelta = timedelta(minutes=5)
    lease: timedelta = timedelta(minutes=10)


CLOSED = Desk(Hours((None,) * 7))
"""A desk at which nobody ever answers."""
