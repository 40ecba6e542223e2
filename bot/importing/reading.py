"""Files of insured people: rows of CSV or JSON Lines, with their places, one at a time."""

import codecs
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from dialogs.reading import fold
from dialogs.words import Words

COLUMNS: Final = (
    "enp",
    "surname",
    "given",
    "patronymic",
    "born_on",
    "sex",
    "document_kind",
    "document",
    "snils",
    "phone",
    "insurer_code",
    "insured_since",
    "right_until",
    "barcode",
    "representative",
)
NEEDED: Final = frozenset(
    (
        *("enp", "surname", "born_on", "sex", "document_kind", "document"),
        *("insurer_code", "insured_since", "barcode"),
    )
)
"""Columns that a file must have; of the others it may have any."""

_CHUNK: Final = 1 << 20  # bytes
_LONGEST: Final = 1 << 16  # characters of a line: more is not a person


class BadFile(ValueError):
    """A file that cannot be read at all; one sentence for whoever imports it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row, counted from 1 without the header; ``fault`` tells why it cannot be read."""

    number: int
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    fault: str = ""


@contextmanager
def opened(file: Path) -> Iterator[TextIO]:
    """Open a file in UTF-8, or else in cp1251; raises `BadFile`."""
    try:
        with file.open(encoding=_encoding(file), newline="") as text:
            yield text
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{file.name} cannot be read: {error}") from error


def lines(text: TextIO, name: str, languages: Sequence[Words]) -> Iterator[Line]:
    """Read rows; raises `BadFile` for a header that does not fit."""
    names = _names(languages)
    first = text.readline(_LONGEST)
    text.seek(0)
    if first.lstrip("\ufeff \t").startswith("{"):
        return _json_lines(text, names)
    return _csv_rows(text, first, name, names)


def _encoding(file: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as raw:
        try:
            while chunk := raw.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8-sig"


def _names(languages: Sequence[Words]) -> Mapping[str, str]:
    """Map every way of naming a column to the column."""
    said = {
        fold(option): column
        for words in languages
        for column in COLUMNS
        for option in words.options(f"import.{column}")
    }
    return said | {fold(column): column for column in COLUMNS}


def _csv_rows(text: TextIO, first: str, name: str, names: Mapping[str, str]) -> Iterator[Line]:
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    header = _header(next(rows, []), name, names)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(number, fault=str(error))
            continue
        if not any(row):
            continue
        if len(row) != len(header):
            yield Line(number, fault=f"{len(row)} values where the header has {len(header)}")
            continue
        yield Line(
            number, {column: value.strip() for column, value in zip(header, row, strict=True)}
        )


def _header(row: Sequence[str], name: str, names: Mapping[str, str]) -> list[str]:
    unknown = [cell for cell in row if fold(cell) not in names]
    if unknown or not row:
        raise BadFile(f"{name}: no such column: {unknown[0] if unknown else 'the file is empty'}")
    header = [names[fold(cell)] for cell in row]
    if len(set(header)) < len(header):
        raise BadFile(f"{name}: a column stands there twice")
    missing = [column for column in COLUMNS if column in NEEDED - set(header)]
    if missing:
        raise BadFile(f"{name}: columns are missing: {', '.join(missing)}")
    return header


def _json_lines(text: TextIO, names: Mapping[str, str]) -> Iterator[Line]:
    number = 0
    while line := text.readline(_LONGEST):
        number += 1
        if line.strip():
            yield _json_line(number, line, names)


def _json_line(number: int, line: str, names: Mapping[str, str]) -> Line:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return Line(number, fault="this is not JSON")
    if not isinstance(read, dict):
        return Line(number, fault="this is not an object")
    unknown = [name for name in read if fold(name) not in names]
    if unknown:
        return Line(number, fault=f"no such column: {unknown[0][:40]}")
    plain = {names[fold(name)]: value for name, value in read.items() if value is not None}
    odd = [name for name, value in plain.items() if not isinstance(value, str)]
    if odd:
        return Line(number, fault=f"{odd[0]}: not a text")
    return Line(number, {name: value.strip() for name, value in plain.items()})
