"""Lists of people as they come from a spreadsheet: CSV or XLSX, read within bounds; pure."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

from bot.notices.list_cells import BY, Fault, cell_text, letter_of, read_cell
from bot.notices.list_columns import Guess, Match, guess
from dialogs.words import Words
from storage.notice_lists import By

T = TypeVar("T")

Unfit: TypeAlias = Literal[
    "kind", "broken", "too_many", "too_large", "no_column", "not_chosen", "empty"
]
UNFIT: Final[tuple[Unfit, ...]] = get_args(Unfit)

LARGEST: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 100_000
_LARGEST_INSIDE: Final = 64 * 1024 * 1024  # bytes of all parts of a spreadsheet
_MOST_PARTS: Final = 500
MOST_COLUMNS: Final = 50
_LOOKED_AT: Final = 100  # rows from which is told what columns hold
_SHOWN: Final = 5  # of them, to whoever has to tell it
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class UnfitList(ValueError):
    """A file of which no row can be read; ``problem`` names the sentence that says why."""

    def __init__(self, problem: Unfit) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Line:
    """One row by its number in the file: the ``key`` that somebody is found by, or a fault.

    ``column`` is the letter of the cell that the key or the fault stands in.
    """

    row: int
    by: By = "enp"
    key: str = field(default="", repr=False)
    column: str = ""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it was read: its columns, by letter, that people are found by, and its rows."""

    columns: Mapping[str, By]
    lines: Sequence[Line] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """The first rows of a file as it was written, by row number, and what we take its columns for.

    ``places`` are the columns, counted from 0, in which anything stands.
    """

    rows: Mapping[int, Sequence[str]] = field(repr=False)
    places: Sequence[int]
    guess: Guess


def read_list(content: bytes, languages: Iterable[Words], match: Match | None = None) -> ListFile:
    """Read a list by the columns that somebody has chosen, or by the names in its first row.

    Raises `UnfitList`: «no_column» when the names leave a doubt, «not_chosen» when somebody chose
    none. Slow for a large file: it belongs in a thread.
    """
    return _guarded(lambda: _read(_rows(content), tuple(languages), match))


def open_list(content: bytes, languages: Iterable[Words]) -> Opening:
    """Look at how a list begins; raises `UnfitList`. It belongs in a thread, as `read_list`."""
    return _guarded(lambda: _open(_rows(content), tuple(languages)))


def _guarded(act: Callable[[], T]) -> T:
    try:
        return act()
    except UnfitList:
        raise
    except Exception as error:  # whatever a reader stumbles over in a foreign file
        raise UnfitList("broken") from error


def _read(
    rows: Iterator[tuple[int, Sequence[Any]]], languages: Sequence[Words], match: Match | None
) -> ListFile:
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        raise UnfitList("empty")
    if match is None:
        guessed = guess([cells for _, cells in first], languages)
        if not guessed.is_sure:
            raise UnfitList("no_column")
        match = guessed.match
    if not match.columns:
        raise UnfitList("not_chosen")
    people = chain(first[1:] if match.has_header else first, rows)
    lines = list(_lines(people, match.columns))
    if lines and lines[-1].row > MOST_ROWS + match.has_header:
        raise UnfitList("too_many")
    return ListFile({letter_of(place): by for place, by in match.columns.items()}, lines)


def _open(rows: Iterator[tuple[int, Sequence[Any]]], languages: Sequence[Words]) -> Opening:
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        raise UnfitList("empty")
    cells = [row for _, row in first]
    places = [place for place in range(max(map(len, cells))) if _stands_in(cells, place)]
    shown = {number: [cell_text(cell) for cell in row] for number, row in first[:_SHOWN]}
    return Opening(shown, places, guess(cells, languages))


def _stands_in(rows: Sequence[Sequence[Any]], place: int) -> bool:
    return any(place < len(row) and cell_text(row[place]) for row in rows)


def _rows(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    """Read rows that hold anything, with their numbers from 1."""
    if not content.strip():
        raise UnfitList("empty")
    if len(content) > LARGEST:
        raise UnfitList("too_large")
    if content.startswith(_OLD):
        raise UnfitList("kind")
    read = _sheet if content.startswith(_ZIP) else _table
    for number, row in enumerate(read(content), 1):
        if number > MOST_ROWS + 1:
            raise UnfitList("too_many")
        cells = row[:MOST_COLUMNS]
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells


def _table(content: bytes) -> Iterator[Sequence[Any]]:
    if b"\x00" in content:
        raise UnfitList("kind")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", "replace")
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(content: bytes) -> Iterator[Sequence[Any]]:
    """Read the first sheet of a spreadsheet row by row, after a look at how much it unpacks to."""
    from openpyxl import load_workbook  # noqa: PLC0415 — a tenth of a second, and rarely needed

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _LARGEST_INSIDE:
            raise UnfitList("too_large")
        if "xl/workbook.xml" not in packed.namelist():
            raise UnfitList("kind")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2)
    finally:
        book.close()


def _lines(rows: Iterator[tuple[int, Sequence[Any]]], columns: Mapping[int, By]) -> Iterator[Line]:
    in_order = sorted(columns.items(), key=lambda item: (BY.index(item[1]), item[0]))
    for number, row in rows:
        filled = [
            (place, by) for place, by in in_order if place < len(row) and cell_text(row[place])
        ]
        if not filled:
            yield Line(number, fault="empty")
            continue
        place, by = filled[0]
        key, fault = read_cell(by, row[place])
        yield Line(number, by, key, letter_of(place), fault)
