"""One cell of a list: whom it names, read as a policy number, a phone or a guest's number; pure.

A spreadsheet keeps fifteen digits of a number, so a policy number that stands there as a number has
lost its last one: such a cell is a fault, and never guessed at.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args

from dialogs.fields.base import Problem
from dialogs.fields.contact import read_phone
from dialogs.identifiers import enp_is_valid
from dialogs.plain import digits
from storage.notice_lists import By

BY: Final[tuple[By, ...]] = get_args(By)
"""What people are found by; of several in a row the first here counts."""

Fault: TypeAlias = Literal["enp", "as_number", "guest", "phone", "empty"]
FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)

LONGEST_CELL: Final = 100  # characters that matter
_GUEST_DIGITS: Final = 15


def read_cell(by: By, cell: Any) -> tuple[str, Fault | None]:
    """Read the key that somebody is found by, or tell what is wrong with the cell."""
    return _READERS[by](cell)


def cell_text(cell: Any) -> str:
    """Write what stands in a cell as the spreadsheet shows it; empty for nothing."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()[:LONGEST_CELL]


def letter_of(place: int) -> str:
    """Name a column as spreadsheets do: A, B, … Z, AA."""
    named = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        named = chr(ord("A") + rest) + named
    return named


def _enp(cell: Any) -> tuple[str, Fault | None]:
    if isinstance(cell, int | float):
        return "", "as_number"
    number = re.sub(r"[\s\u00a0-]", "", str(cell)[:LONGEST_CELL])
    return (number, None) if enp_is_valid(number) else ("", "enp")


def _phone(cell: Any) -> tuple[str, Fault | None]:
    read = read_phone(cell_text(cell))
    return ("", "phone") if isinstance(read, Problem) else (read, None)


def _guest(cell: Any) -> tuple[str, Fault | None]:
    text = cell_text(cell)
    number = digits(text)
    is_one = 0 < len(number) <= _GUEST_DIGITS and re.fullmatch(r"\D*\d+\s*", text)
    return (number, None) if is_one else ("", "guest")


_READERS: Final[Mapping[By, Callable[[Any], tuple[str, Fault | None]]]] = {
    "enp": _enp,
    "phone": _phone,
    "guest": _guest,
}
