"""Terms of the law: months to the day, and days on which Russia works."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = timedelta(days=1)
_WINDOW_ENDS = (11, 1)

KNOWN_UNTIL = date(2027, 12, 31)
"""The last day whose calendar is certain: for each year the government decrees in the autumn
before which days off are moved, and the package in use knows the decrees up to this year. It
says nothing of its own about years without one. Set it on after an update that brings more."""


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term by its number, and the last day that the law allows.

    People are told the earlier one first; the two differ when a day off has moved the end,
    which only ends that are ``movable`` can be.
    """

    last: date
    legal: date
    movable: bool = False

    @property
    def is_provisional(self) -> bool:
        """Tell whether a decree not issued yet may still move the end."""
        return self.movable and is_provisional(self.legal)


def is_working(day: date) -> bool:
    """Tell whether Russia works on a day by the five-day week, moved days off counted in."""
    return _year(day.year).is_working_day(day)


def is_provisional(day: date) -> bool:
    """Tell whether a day lies beyond the known calendar, so that its being a day off may change."""
    return day > KNOWN_UNTIL


def working_days_after(day: date, count: int) -> date:
    """Find the day that is so many working days after another, which itself is not counted."""
    for _ in range(count):
        day = shifted(day + _DAY)
    return day


def month_after(day: date) -> date:
    """Find the end of one month after an event: the same number, or the month's last day.

    Civil Code, articles 191 and 192. What falls on a day off is moved by `shifted`.
    """
    following = day.replace(day=1) + _DAY * _length_of_month(day)
    return following.replace(day=min(day.day, _length_of_month(following)))


def shifted(day: date) -> date:
    """Find the working day on which a term ends: the day itself or the next one.

    Civil Code, article 193.
    """
    while not is_working(day):
        day += _DAY
    return day


def month_term(event: date) -> Term:
    """Count the month in which an insurer is told of a change, or another one is chosen.

    Law 326-FZ, article 16; domain.md, section 5.
    """
    last = month_after(event)
    return Term(last, shifted(last), movable=True)


def newborn_term(registered: date) -> Term:
    """Count the 30 days after the registration of a birth, on the parents' insurance.

    Law 326-FZ, article 16. They are a time in which the child is insured, not a term for
    doing something, so no day off moves their end.
    """
    last = registered + _DAY * 30
    return Term(last, last)


def passport_term(birthday: date) -> Term:
    """Count the 90 days for which the old passport is good after the 20th or 45th birthday."""
    last = birthday + _DAY * 90
    return Term(last, last)


def window_term(year: int) -> Term:
    """Return the end of the year's window for changing insurer; it is never moved."""
    last = date(year, *_WINDOW_ENDS)
    return Term(last, last)


def window_is_open(day: date) -> bool:
    """Tell whether the insurer may be changed by wish: 1 January to 1 November inclusive.

    Law 326-FZ, article 16; the last day does not shift when it is a day off.
    """
    return (day.month, day.day) <= _WINDOW_ENDS


def _length_of_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


@cache
def _year(year: int) -> "HolidayBase":
    # Imported when the first term is counted: it takes a tenth of a second.
    from holidays import country_holidays  # noqa: PLC0415

    return country_holidays("RU", years=year, expand=False)
