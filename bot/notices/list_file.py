"""Lists of people as they come from a spreadsheet: CSV or XLSX, read within bounds; pure.

A spreadsheet keeps fifteen digits of a number, so a policy number that stands there as a number has
lost its last one: such a cell is a fault, and never guessed at.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, get_args

from dialogs.fields.base import Problem
from dialogs.fields.contact import read_phone
from dialogs.identifiers import enp_is_valid
from dialogs.plain import digits
from dialogs.reading import fold
from dialogs.words import Words
from storage.notice_lists import By

BY: Final[tuple[By, ...]] = get_args(By)
"""What people are found by; of several in a row the first here counts."""

Fault: TypeAlias = Literal["enp", "as_number", "guest", "phone", "empty"]
FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)
Unfit: TypeAlias = Literal["kind", "broken", "too_many", "too_large", "no_column", "empty"]
UNFIT: Final[tuple[Unfit, ...]] = get_args(Unfit)

LARGEST: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 100_000
_LARGEST_INSIDE: Final = 64 * 1024 * 1024  # bytes of all parts of a spreadsheet
_MOST_PARTS: Final = 500
_MOST_COLUMNS: Final = 50
_LONGEST_CELL: Final = 100  # characters that matter
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_GUEST_DIGITS: Final = 15


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


def read_list(content: bytes, languages: Iterable[Words]) -> ListFile:
    """Read a list; raises `UnfitList`. Slow for a large one: it belongs in a thread."""
    try:
        return _read(_rows(content), _names(languages))
    except UnfitList:
        raise
    except Exception as error:  # whatever a reader stumbles over in a foreign file
        raise UnfitList("broken") from error


def _read(rows: Iterator[tuple[int, Sequence[Any]]], names: Mapping[str, By]) -> ListFile:
    _, header = next(rows, (0, ()))
    if not header:
        raise UnfitList("empty")
    columns = _columns(header, names)
    if not columns:
        raise UnfitList("no_column")
    lettered = {_letter(place): by for place, by in columns.items()}
    return ListFile(lettered, list(_lines(rows, columns)))


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
        cells = row[:_MOST_COLUMNS]
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
        yield from sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS, max_row=MOST_ROWS + 2)
    finally:
        book.close()


def _names(languages: Iterable[Words]) -> dict[str, By]:
    return {
        fold(option): by
        for words in languages
        for by in BY
        for option in words.options(f"notice.list.{by}")
    }


def _columns(header: Sequence[Any], names: Mapping[str, By]) -> dict[int, By]:
    """Find the columns that people are found by; of two alike the first counts."""
    found: dict[int, By] = {}
    for place, cell in enumerate(header):
        by = names.get(fold(str(cell or "")[:_LONGEST_CELL]))
        if by and by not in found.values():
            found[place] = by
    return found


def _lines(rows: Iterator[tuple[int, Sequence[Any]]], columns: Mapping[int, By]) -> Iterator[Line]:
    in_order = sorted(columns.items(), key=lambda item: BY.index(item[1]))
    for number, row in rows:
        filled = [
            (place, by)
            for place, by in in_order
            if place < len(row) and row[place] not in (None, "") and str(row[place]).strip()
        ]
        if not filled:
            yield Line(number, fault="empty")
            continue
        place, by = filled[0]
        key, fault = _READERS[by](row[place])
        yield Line(number, by, key, _letter(place), fault)


def _enp(cell: Any) -> tuple[str, Fault | None]:
    if isinstance(cell, int | float):
        return "", "as_number"
    number = re.sub(r"[\s\u00a0-]", "", str(cell)[:_LONGEST_CELL])
    return (number, None) if enp_is_valid(number) else ("", "enp")


def _phone(cell: Any) -> tuple[str, Fault | None]:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    read = read_phone(text[:_LONGEST_CELL])
    return ("", "phone") if isinstance(read, Problem) else (read, None)


def _guest(cell: Any) -> tuple[str, Fault | None]:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    number = digits(text[:_LONGEST_CELL])
    is_one = 0 < len(number) <= _GUEST_DIGITS and re.fullmatch(r"\D*\d+\s*", text)
    return (number, None) if is_one else ("", "guest")


_READERS: Final = {"enp": _enp, "phone": _phone, "guest": _guest}


def _letter(place: int) -> str:
    """Name a column as spreadsheets do: A, B, … Z, AA."""
    named = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        named = chr(ord("A") + rest) + named
    return named
