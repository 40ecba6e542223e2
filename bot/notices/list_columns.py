"""What the columns of a list hold: told by the names above them and by how the cells look; pure.

Names win, except against policy numbers: their check digits leave no doubt. A match is sure when
names alone have made it; any other is shown to whoever uploads the file, who has the last word.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.notices.list_cells import BY, cell_text, read_cell
from dialogs.plain import digits
from dialogs.reading import fold
from dialogs.words import Words
from storage.notice_lists import By

_MOST_OF: Final = 0.8  # of the filled cells of a column have to look alike
_PHONE = re.compile(r"\+\d{8,15}|[78]\d{10}|9\d{9}")
_PASSPORT = re.compile(r"\d\d ?\d\d [№ ]*\d{6}")
_AS_NUMBER: Final = 10**15  # the least of 16 digits: policy numbers that were kept as numbers
_LONG: Final = 5  # digits that no name of a column has


@dataclass(frozen=True, slots=True)
class Match:
    """Which columns, counted from 0, people are found by, and whether the first row names them."""

    columns: Mapping[int, By]
    has_header: bool = True


@dataclass(frozen=True, slots=True)
class Guess:
    """A match made by us; one that is not ``is_sure`` is to be asked about."""

    match: Match
    is_sure: bool


def guess(rows: Sequence[Sequence[Any]], languages: Iterable[Words]) -> Guess:
    """Match the columns of a file by its first rows."""
    if not rows:
        return Guess(Match({}), is_sure=False)
    names = _names(languages)
    named = _named(rows[0], names)
    below = [_filled(rows[1:], place) for place in range(max(map(len, rows)))]
    has_header = bool(named) or _is_header(rows[0], below, names)
    first = [] if has_header else rows[:1]
    looks = [
        _look(cells, names) or _look([*_filled(first, place), *cells], names)
        for place, cells in enumerate(below)
    ]
    sure_of = {place: by for place, by in enumerate(looks) if by == "enp"}
    seen = {place: by for place, by in enumerate(looks) if by}
    columns = _firsts({**named, **sure_of} if named else seen)
    return Guess(Match(columns, has_header), is_sure=bool(named) and columns == named)


def _names(languages: Iterable[Words]) -> dict[str, By]:
    return {
        fold(option): by
        for words in languages
        for by in BY
        for option in words.options(f"notice.list.{by}")
    }


def _named(header: Sequence[Any], names: Mapping[str, By]) -> dict[int, By]:
    folded = (fold(cell_text(cell)) for cell in header)
    return _firsts({place: names[name] for place, name in enumerate(folded) if name in names})


def _firsts(columns: Mapping[int, By]) -> dict[int, By]:
    """Of columns alike keep the first."""
    kept: dict[int, By] = {}
    for place, by in sorted(columns.items()):
        if by not in kept.values():
            kept[place] = by
    return kept


def _filled(rows: Iterable[Sequence[Any]], place: int) -> list[Any]:
    return [row[place] for row in rows if place < len(row) and cell_text(row[place])]


def _is_header(first: Sequence[Any], below: Sequence[list[Any]], names: Mapping[str, By]) -> bool:
    """Tell whether the first row names columns: words stand there, and numbers below them."""
    if any(map(_is_long, first)):
        return False
    for place, text in enumerate(map(cell_text, first)):
        if text and (by := _look(below[place], names)) and not _looks(by, text, names):
            return True
        if text and _most([_is_long(cell) for cell in below[place]]):
            return True
    return False


def _look(cells: Sequence[Any], names: Mapping[str, By]) -> By | None:
    """Tell what most of these cells look like."""
    for by in BY:
        if _most([_looks(by, cell, names) for cell in cells]):
            return by
    return None


def _is_long(cell: Any) -> bool:
    return len(digits(cell_text(cell))) >= _LONG


def _most(answers: Sequence[bool]) -> bool:
    return bool(answers) and sum(answers) >= _MOST_OF * len(answers)


def _looks(by: By, cell: Any, names: Mapping[str, By]) -> bool:
    text = cell_text(cell)
    match by:
        case "enp":
            is_lost = isinstance(cell, int | float) and _AS_NUMBER <= cell < _AS_NUMBER * 10
            return is_lost or not read_cell("enp", text)[1]
        case "phone":
            number = re.sub(r"[^\d+]", "", text)
            is_like = _PHONE.fullmatch(number) and not _PASSPORT.fullmatch(text)
            return bool(is_like) and not read_cell("phone", text)[1]
        case "guest":  # bare numbers count rows more often than they name guests
            word = fold(re.sub(r"\d+", "", text))
            return names.get(word) == "guest" and not read_cell("guest", text)[1]
