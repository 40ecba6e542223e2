"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from typing import Final

TYPE: Final = "text/csv; charset=utf-8"

_MARK: Final = "\ufeff"  # by it spreadsheets know UTF-8
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def head(columns: Iterable[str]) -> bytes:
    """Write what a table begins with."""
    return _MARK.encode() + lines([columns])


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows of cells; no cell begins as a formula does, so no spreadsheet runs it."""
    written = io.StringIO()
    table = csv.writer(written)
    for row in rows:
        table.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)
    return written.getvalue().encode()
