"""Days in the middle of a sentence: «вчера», «3 ноября», «на прошлой неделе», `last Friday`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dialogs.dates import DateWords, Lean, Written, read_written, resolve
from dialogs.fields.day import date_words
from dialogs.fields.vocabulary import meanings
from dialogs.plain import one_line, without_yo
from dialogs.words import Words

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2}))?)(?![\d/-])"
)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_DAY = timedelta(days=1)
_WEEK = 7
_LONGEST_MONTH = 31
_TWO_MONTHS = 62  # days; every number there is stands in some of any two months in a row
_WITH_CENTURY = 4  # digits of a year


@dataclass(frozen=True, slots=True)
class Dated:
    """What a sentence says of a day.

    ``days`` are those that may be meant: one when it is clear, a few to choose from after
    «на прошлой неделе», none otherwise. ``is_told`` when there is any word of time at all.
    """

    days: tuple[date, ...] = ()
    is_told: bool = False


def dated(text: str, today: date, words: Words, lean: Lean = "past") -> Dated:
    """Read the first day that a sentence names; a year left out is the nearest past one."""
    known = date_words(words)
    line = one_line(text).lower()
    found = _NUMERIC.search(line)
    written = read_written(found[1], known) if found else None
    tokens = _TOKEN.findall(without_yo(line))
    written = written or _named(tokens, known)
    if written:
        day = resolve(written, today, lean)
        return Dated((day,) if day else (), is_told=True)
    ago = _ago(tokens, known, words)
    if ago is not None:
        return Dated((today - _DAY * ago,), is_told=True)
    week = _phrase(tokens, words, "duty.weeks")
    if week is not None:
        monday = today - _DAY * (today.weekday() + _WEEK * int(week))
        days = tuple(monday + _DAY * place for place in range(_WEEK))
        return Dated(tuple(day for day in days if day <= today), is_told=True)
    of_month = _of_month(tokens, today, words)
    if of_month:
        return Dated((of_month,), is_told=True)
    weekday = _phrase(tokens, words, "duty.weekdays")
    if weekday is not None:
        back = (today.weekday() - int(weekday) - 1) % _WEEK + 1
        return Dated((today - _DAY * back,), is_told=True)
    is_vague = _phrase(tokens, words, "duty.vague") is not None
    return Dated(is_told=is_vague or any(known.month(token) for token in tokens))


def _named(tokens: Sequence[str], known: DateWords) -> Written | None:
    """Read «31 января 2026», `January 31, 2026`, `the 31st of January`."""
    for place, token in enumerate(tokens):
        month = known.month(token)
        if month is None:
            continue
        before = [one for one in reversed(tokens[:place]) if one not in known.fillers]
        after = [one for one in tokens[place + 1 :] if one not in known.fillers]
        year = next((one for one in after[:2] if _is_year(one)), "")
        for near in (before[:1], after[:1]):
            if near and near[0].isdecimal() and not _is_year(near[0]):
                return Written(int(near[0]), month, year)
    return None


def _is_year(token: str) -> bool:
    return token.isdecimal() and len(token) == _WITH_CENTURY


def _ago(tokens: Sequence[str], known: DateWords, words: Words) -> int | None:
    """Count the days of «вчера», «5 дней назад», `two weeks ago`."""
    spoken = " ".join(tokens)
    for phrase, days in sorted(known.ago.items(), key=lambda item: -len(item[0])):
        if f" {phrase} " in f" {spoken} ":
            return days
    units, numbers = meanings(words, "duty.units"), meanings(words, "duty.numbers")
    backwards = meanings(words, "duty.ago")
    for place, token in enumerate(tokens):
        if token in units and backwards.keys() & set(tokens[place + 1 : place + 2]):
            count = tokens[place - 1] if place else ""
            times = int(count) if count.isdecimal() else int(numbers.get(count, "1"))
            return times * int(units[token]) if times <= 366 else None  # noqa: PLR2004 — a year
    return None


def _of_month(tokens: Sequence[str], today: date, words: Words) -> date | None:
    """Read «20 числа»: the last such day that has been."""
    known = meanings(words, "duty.of_month")
    for number, sign in pairwise(tokens):
        if sign in known and number.isdecimal() and int(number) <= _LONGEST_MONTH:
            days = (today - _DAY * back for back in range(_TWO_MONTHS))
            return next((day for day in days if day.day == int(number)), None)
    return None


def _phrase(tokens: Sequence[str], words: Words, key: str) -> str | None:
    """Find the meaning of the first of the list's phrases that stands in the text."""
    spoken = " ".join(tokens)
    known = meanings(words, key)
    return next(
        (known[phrase] for phrase in _longest(known) if f" {phrase} " in f" {spoken} "), None
    )


def _longest(phrases: Iterable[str]) -> Iterator[str]:
    yield from sorted(phrases, key=len, reverse=True)
