"""Dates as people write them: `5.3.24`, «5 марта», `March 5, 2024`, «вчера»."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from rapidfuzz.distance import OSA

from dialogs.plain import one_line
from dialogs.reading import fold

Lean: TypeAlias = Literal["past", "future"]
"""Where a date lies of which the year was left out or cut to two digits."""

_STRANGE = re.compile(r"[^\w\s.,/\-\u2019\"()«»]|_")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_SHORTEST_MISSPELT = 6  # letters; «июня» and «июля» must not fall together
_LEAP_CYCLE = 8  # years; between two 29 Februaries there are at most eight


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates, folded as `dialogs.reading.fold` does.

    ``months`` from the words of a month to its number, ``ago`` from «вчера» to the days
    that have passed (negative when they are still to come), ``fillers`` mean nothing.
    """

    months: Mapping[str, int]
    ago: Mapping[str, int]
    fillers: frozenset[str]

    def month(self, word: str) -> int | None:
        """Find the month of a word, forgiving one slip in a long word."""
        if word in self.months or len(word) < _SHORTEST_MISSPELT:
            return self.months.get(word)
        near = {
            number
            for name, number in self.months.items()
            if abs(len(name) - len(word)) <= 1 and OSA.distance(word, name, score_cutoff=1) <= 1
        }
        return near.pop() if len(near) == 1 else None


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written; ``year`` is empty, or two or four digits."""

    day: int
    month: int
    year: str = ""


def days_ago(text: str, words: DateWords) -> int | None:
    """Read «сегодня», «вчера» and the like as days that have passed."""
    return words.ago.get(fold(one_line(text)))


def read_written(text: str, words: DateWords) -> Written | None:
    """Read day, month and perhaps year, the day before the month unless the year leads."""
    text = one_line(text).lower()
    if _STRANGE.search(text):
        return None
    tokens = [token for token in _TOKEN.findall(text) if token not in words.fillers]
    named = [(place, words.month(token)) for place, token in enumerate(tokens)]
    months = [(place, number) for place, number in named if number]
    numbers = [token for token in tokens if token.isdecimal()]
    if len(numbers) + len(months) != len(tokens) or len(months) > 1:
        return None
    if len(numbers) == 1 and not months:
        return _run_together(numbers[0])
    if months:
        # The month's place tells nothing that the lengths of the numbers do not.
        numbers.insert(1, str(months[0][1]))
    return _in_order(numbers)


def resolve(written: Written, today: date, lean: Lean) -> date | None:
    """Find the day that is meant; None when there is no such day.

    Without a year it is the nearest such day on the side of ``lean``, today included. Two
    digits of a year mean this century, or the last one where a past year would lie ahead.
    """
    if len(written.year) == 4:  # noqa: PLR2004 — digits of a year
        return _day(int(written.year), written)
    if written.year:
        year = 2000 + int(written.year)
        return _day(year - 100 if lean == "past" and year > today.year else year, written)
    step = -1 if lean == "past" else 1
    years = (today.year + step * away for away in range(_LEAP_CYCLE + 1))
    days = (_day(year, written) for year in years)
    return next((day for day in days if day and (day - today).days * step >= 0), None)


def anniversary(day: date, years: int) -> date:
    """Return the birthday on which so many years are full; 29 February gives 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _day(year: int, written: Written) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _in_order(numbers: list[str]) -> Written | None:
    match [(len(number), number) for number in numbers]:
        case [(4, year), (1 | 2, month), (1 | 2, day)]:
            return Written(int(day), int(month), year)
        case [(1 | 2, day), (1 | 2, month), (2 | 4, year)]:
            return Written(int(day), int(month), year)
        case [(1 | 2, day), (1 | 2, month)]:
            return Written(int(day), int(month))
    return None


def _run_together(number: str) -> Written | None:
    """Read `05032024` and `050324`; eight digits that make no such day, as `20240305`."""
    match len(number):
        case 6:
            return Written(int(number[:2]), int(number[2:4]), number[4:])
        case 8:
            written = Written(int(number[:2]), int(number[2:4]), number[4:])
            if _day(int(written.year), written):
                return written
            return Written(int(number[6:]), int(number[4:6]), number[:4])
    return None
