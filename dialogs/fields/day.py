"""Days: of the past, of issue, of a term to come."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar, cast

from dialogs.dates import (
    DateWords,
    Lean,
    anniversary,
    days_ago,
    read_written,
    resolve,
)
from dialogs.fields.base import Asking, Doubt, Field, Problem, Reading, said
from dialogs.fields.vocabulary import meanings
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.words import Words

_EARLIEST = date(1900, 1, 1)
_FARTHEST = 50  # years; no right of stay is given for longer
_RENEWED_AT = (45, 20)  # full years at which the passport of Russia is replaced
_GRACE = timedelta(days=90)  # for which the old one is still good


class Day(Field):
    """A day, kept as ``YYYY-MM-DD``; ``with_year`` when no year may be guessed."""

    lean: ClassVar[Lean] = "past"

    def __init__(self, *, with_year: bool = False) -> None:
        self._with_year = with_year

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read a date as people write it, or a word such as «вчера»."""
        text, today, words = said(incoming), asking.now.date(), date_words(asking.words)
        ago = days_ago(text, words)
        if ago is not None:
            return self._judge(today - timedelta(days=ago), asking)
        written = read_written(text, words)
        if not written:
            return Problem("date")
        if self._with_year and not written.year:
            return Problem("date.year")
        day = resolve(written, today, self.lean)
        return self._judge(day, asking) if day else Problem("date.none")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a day."""
        return day_of(value) is not None

    def show(self, value: Json, asking: Asking) -> str:
        """Write the day with its month in words."""
        return asking.words.day(date.fromisoformat(cast("str", value)))

    def _judge(self, day: date, asking: Asking) -> Reading:
        """Take the day, or say why it cannot be this one."""
        del asking
        return day.isoformat()


class PastDate(Day):
    """A day that is not in the future, and at most ``years`` years ago."""

    def __init__(self, *, years: int | None = None, with_year: bool = False) -> None:
        super().__init__(with_year=with_year)
        self._years = years

    def _judge(self, day: date, asking: Asking) -> Reading:
        today = asking.now.date()
        if day > today:
            return Problem("future")
        is_too_long_ago = self._years is not None and anniversary(day, self._years) < today
        if day < _EARLIEST or is_too_long_ago:
            return Problem("date.long_ago")
        return day.isoformat()


class FutureDate(Day):
    """A day that is not past, such as the end of a right of stay."""

    lean = "future"

    def _judge(self, day: date, asking: Asking) -> Reading:
        today = asking.now.date()
        if day < today:
            return Problem("past")
        if day > anniversary(today, _FARTHEST):
            return Problem("date.far")
        return day.isoformat()


class IssueDate(PastDate):
    """The day a document was issued, judged by the birth date that step ``birth`` holds.

    Without a birth date only the future is refused. ``passport`` means the passport of
    Russia: issued from 14 years on, replaced at 20 and at 45.
    """

    def __init__(self, birth: str = "", *, passport: bool = False) -> None:
        super().__init__(with_year=True)
        self._birth = birth
        self._passport = passport

    def again(self, value: Json, asking: Asking) -> Reading:
        """Compare the day with the birth date that the person now has."""
        day = day_of(value)
        return self._judge(day, asking) if day else Problem("date")

    def _judge(self, day: date, asking: Asking) -> Reading:
        reading = super()._judge(day, asking)
        birth = day_of(asking.answers.get(self._birth))
        if isinstance(reading, Problem) or birth is None:
            return reading
        if day < birth:
            return Problem("issued.before_birth")
        if not self._passport:
            return reading
        if day < anniversary(birth, 14):
            return Problem("passport.age")
        return Doubt(day.isoformat(), "passport.old") if _is_due(birth, day, asking) else reading


def day_of(value: Json) -> date | None:
    """Return the day that a stored answer is, if it is one."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and day.isoformat() == value else None


def _is_due(birth: date, issued: date, asking: Asking) -> bool:
    """Tell whether a passport should have been replaced by now."""
    today = asking.now.date()
    birthdays = (anniversary(birth, years) for years in _RENEWED_AT)
    return any(issued < birthday and birthday + _GRACE < today for birthday in birthdays)


def date_words(words: Words) -> DateWords:
    """Gather the words of dates of a language."""
    return _parsed(
        tuple(meanings(words, "field.months").items()),
        tuple(meanings(words, "field.days_ago").items()),
        tuple(meanings(words, "field.date_fillers")),
    )


@lru_cache(maxsize=8)
def _parsed(
    months: tuple[tuple[str, str], ...],
    ago: tuple[tuple[str, str], ...],
    fillers: tuple[str, ...],
) -> DateWords:
    return DateWords(_numbers(months), _numbers(ago), frozenset(fillers))


def _numbers(rows: tuple[tuple[str, str], ...]) -> Mapping[str, int]:
    return {word: int(number) for word, number in rows}
