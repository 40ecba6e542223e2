"""Rows of a file as insured people, or what is wrong with them, column by column."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Final, NamedTuple, cast

from bot.importing.reading import NEEDED, Line
from dialogs.fields import DOCUMENTS, BirthCertificate, Passport, Phone, Problem
from dialogs.fields.base import Asking, Field
from dialogs.identifiers import enp_is_valid, snils_is_valid
from dialogs.incoming import Said
from dialogs.insured import Insured, Sex
from dialogs.plain import digits
from dialogs.reading import fold
from dialogs.words import Words

_LONGEST: Final = 200  # characters of a name
_LONGEST_BARCODE: Final = 2000
_RUSSIAN_DAY: Final = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")
_EARLIEST: Final = date(1900, 1, 1)


class Fault(NamedTuple):
    """What is wrong in one place of a file; ``column`` is empty when it is the whole row."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Write it in one line, without the value: it may be somebody's."""
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.reason}"


class Wrong(ValueError):
    """A value that cannot be taken; the text says what would be right."""


class Reader:
    """Reads rows; ``today`` is the day after which nobody is born yet."""

    def __init__(self, languages: Sequence[Words], today: date, now: datetime) -> None:
        self._today = today
        self._asking = Asking("import", languages[0], now)
        self._sexes: Mapping[str, Sex] = {
            fold(option): sex
            for words in languages
            for sex in cast("tuple[Sex, ...]", ("male", "female"))
            for option in (*words.options(f"import.sexes.{sex}"), sex)
        }
        self._by_column: Mapping[str, Callable[[str], object]] = {
            "enp": _enp,
            "surname": _text,
            "given": _text,
            "patronymic": _text,
            "born_on": self._past,
            "sex": self._sex,
            "document_kind": _kind,
            "snils": _snils,
            "phone": self._phone,
            "insurer_code": _text,
            "insured_since": self._past,
            "right_until": _day,
            "barcode": _barcode,
            "representative": _enp,
        }
        self._documents: Mapping[str, Field] = {
            "passport": Passport(),
            "birth_certificate": BirthCertificate(),
        }

    def person(self, line: Line, faults: list[Fault]) -> Insured | None:
        """Read one person; what is wrong is added to the faults."""
        if line.fault:
            faults.append(Fault(line.number, "", line.fault))
            return None
        read: dict[str, object] = {
            "given": "",
            "patronymic": "",
            "snils": "",
            "phone": "",
            "right_until": None,
            "representative": "",
        }
        found = len(faults)
        for column in self._by_column:
            value = line.values.get(column, "")
            if value:
                _take(line.number, column, self._by_column[column], value, read, faults)
            elif column in NEEDED:
                faults.append(Fault(line.number, column, "missing"))
        kind, document = read.get("document_kind"), line.values.get("document", "")
        if not document:
            faults.append(Fault(line.number, "document", "missing"))
        elif isinstance(kind, str):
            as_kind = partial(self._document, kind)
            _take(line.number, "document", as_kind, document, read, faults)
        if len(faults) > found:
            return None
        return Insured(id=0, is_demo=False, **read)  # type: ignore[arg-type]  # read column by column

    def _past(self, value: str) -> date:
        day = _day(value)
        if not _EARLIEST <= day <= self._today:
            raise Wrong("not a day from 1900 until today")
        return day

    def _sex(self, value: str) -> Sex:
        sex = self._sexes.get(fold(value))
        if sex is None:
            raise Wrong("neither male nor female")
        return sex

    def _phone(self, value: str) -> str:
        return self._field(Phone(), value, "not a phone")

    def _document(self, kind: str, value: str) -> str:
        special = self._documents.get(kind)
        if special:
            return self._field(special, value, f"not the number of a {kind.replace('_', ' ')}")
        return _text(value)

    def _field(self, field: Field, value: str, reason: str) -> str:
        read = field.read(Said(value), self._asking)
        if isinstance(read, Problem) or not isinstance(read, str):
            raise Wrong(reason)
        return read


def _enp(value: str) -> str:
    number = digits(value)
    if not enp_is_valid(number):
        raise Wrong("not 16 digits with their check digit")
    return number


def _snils(value: str) -> str:
    number = digits(value)
    if not snils_is_valid(number):
        raise Wrong("not 11 digits with their control number")
    return number


def _text(value: str) -> str:
    if len(value) > _LONGEST:
        raise Wrong(f"longer than {_LONGEST} characters")
    return value


def _barcode(value: str) -> str:
    if len(value) > _LONGEST_BARCODE:
        raise Wrong(f"longer than {_LONGEST_BARCODE} characters")
    return value


def _kind(value: str) -> str:
    """Take a kind by its name here, or by its code in the fund's classifier F011."""
    if value in DOCUMENTS:
        return value
    by_code = [kind for kind, code in DOCUMENTS.items() if str(code) == value]
    if not by_code:
        raise Wrong("no such kind of document, neither a name nor a code of F011")
    return by_code[0]


def _day(value: str) -> date:
    written = _RUSSIAN_DAY.fullmatch(value)
    try:
        return date.fromisoformat("-".join(written.groups()[::-1]) if written else value)
    except ValueError:
        raise Wrong("not a day, write 1985-03-07 or 07.03.1985") from None


def _take(
    row: int,
    column: str,
    act: Callable[[str], object],
    value: str,
    read: dict[str, object],
    faults: list[Fault],
) -> None:
    try:
        read[column] = act(value)
    except Wrong as wrong:
        faults.append(Fault(row, column, str(wrong)))
