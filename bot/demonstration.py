"""The people of a demonstration: about two hundred, invented, alike at every start of a day."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
from stdnum import luhn

from bot.texts import LOCALES
from dialogs.dates import anniversary
from dialogs.insured import Insured, Sex
from storage.db import Store

PREFIX: Final = "99"
"""How the policies of invented people begin."""

_ADULTS: Final = 120
_FOREIGNERS: Final = 20
_SINCE: Final = date(2023, 1, 9)
_ERAS: Final = ((1951, 20), (2001, 40), (10_000, 0))  # added to the month of those born before
_MAN: Final = 50  # is added to the day of a man
_AGES: Final = (14, 20, 45, 18, 33, 67, 90, 28, 51, 39, 74, 23)
_CHILD_AGES: Final = (0, 1, 3, 7, 11, 13)


class Child(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A child of one of the named."""

    surname: str
    given: str
    patronymic: str
    born_on: date
    sex: Sex


class Named(Child, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody whom a guide may name."""

    phone: str
    right_until: date | None = None
    child: Child | None = None


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What names are put together from."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    patronymics: tuple[str, ...] = ("",)

    def at(self, place: int) -> tuple[str, str, str]:
        """Put together the name at a place; neighbours differ in all parts."""
        parts = (self.surnames, self.given, self.patronymics)
        surname, given, patronymic = (
            part[(place * step) % len(part)] for part, step in zip(parts, (1, 3, 5), strict=True)
        )
        return surname, given, patronymic


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of the demonstration's people."""

    certificate: str
    named: tuple[Named, ...]
    female: Names
    male: Names
    foreign: Names


def enp_of(birth: date, sex: Sex, serial: int) -> str:
    """Make the ЕНП of an invented person, by the rule of real ones; ``serial`` is below 100,000."""
    added = next(added for before, added in _ERAS if birth.year < before)
    day = birth.day + (_MAN if sex == "male" else 0)
    plain = f"{birth.month + added:02}{str(birth.year)[::-1]}{day:02}"
    digits = f"{PREFIX}{''.join(str(9 - int(digit)) for digit in plain)}{serial:05}"
    return digits + str(luhn.calc_check_digit(digits))


def invented(today: date, insurer_code: str, locales: Path = LOCALES) -> tuple[Insured, ...]:
    """Invent the people; ages are as of a day, and some have their birthday on it."""
    file = locales / "demonstration" / "people.toml"
    read = msgspec.toml.decode(file.read_bytes(), type=People)
    maker = _Maker(read, insurer_code)
    return (*maker.named(), *maker.families(today), *maker.foreigners(today))


async def fill(store: Store, today: date, insurer_code: str) -> None:
    """Fill a register that holds nobody."""
    async with store.look() as look:
        if await look.has_insured():
            return
    async with store.work() as work:
        await work.keep_insured(invented(today, insurer_code))


class _Maker:
    """Gives each person numbers of their own."""

    def __init__(self, people: People, insurer_code: str) -> None:
        self._people = people
        self._insurer_code = insurer_code
        self._serials = count(1)

    def named(self) -> Iterator[Insured]:
        for one in self._people.named:
            name = (one.surname, one.given, one.patronymic)
            person = self._person(
                name, one.born_on, one.sex, one.phone, right_until=one.right_until
            )
            yield person
            if one.child:
                child = one.child
                name = (child.surname, child.given, child.patronymic)
                yield self._person(name, child.born_on, child.sex, one.phone, parent=person.enp)

    def families(self, today: date) -> Iterator[Insured]:
        for place in range(_ADULTS):
            sex: Sex = "female" if place % 2 else "male"
            names = self._people.female if place % 2 else self._people.male
            years = _AGES[place % len(_AGES)]
            born = _born(today, years, place if place >= len(_AGES) else 0)
            phone = f"+7900001{place:04}"
            person = self._person(names.at(place), born, sex, phone)
            yield person
            if place % 2 and years in range(20, 50):
                yield from self._children(today, place, phone, person.enp)

    def _children(self, today: date, place: int, phone: str, parent: str) -> Iterator[Insured]:
        for nth in range(2):
            sex: Sex = "female" if (place + nth) % 2 else "male"
            names = self._people.female if sex == "female" else self._people.male
            years = _CHILD_AGES[(place // 2 + nth) % len(_CHILD_AGES)]
            born = _born(today, years, 10 + place)
            yield self._person(names.at(place + nth), born, sex, phone, parent=parent)

    def foreigners(self, today: date) -> Iterator[Insured]:
        for place in range(_FOREIGNERS):
            born = _born(today, 22 + place * 2, place * 7)
            until = today + timedelta(days=45 * (place - 2))
            name = self._people.foreign.at(place)
            alone = (name[0], "", "") if place % 7 == 3 else name  # noqa: PLR2004 — some have one name
            yield self._person(alone, born, "male", f"+7900002{place:04}", right_until=until)

    def _person(
        self,
        name: Sequence[str],
        born_on: date,
        sex: Sex,
        phone: str,
        *,
        parent: str = "",
        right_until: date | None = None,
    ) -> Insured:
        serial = next(self._serials)
        enp = enp_of(born_on, sex, serial)
        kind, document = self._document(serial, is_child=bool(parent), is_foreign=bool(right_until))
        return Insured(
            id=0,
            enp=enp,
            surname=name[0],
            given=name[1],
            patronymic=name[2],
            born_on=born_on,
            sex=sex,
            document_kind=kind,
            document=document,
            snils=_snils(serial),
            phone=phone,
            insurer_code=self._insurer_code,
            insured_since=max(_SINCE, born_on),
            right_until=right_until,
            barcode=enp + hashlib.sha256(enp.encode()).hexdigest()[:24].upper(),
            is_demo=True,
            representative=parent,
        )

    def _document(self, serial: int, *, is_child: bool, is_foreign: bool) -> tuple[str, str]:
        if is_foreign:
            return "residence_permit", f"83 № {serial:07}"
        if is_child:
            return "birth_certificate", f"{self._people.certificate} № {700_000 + serial}"
        return "passport", f"9900 {100_000 + serial:06}"


def _born(today: date, years: int, days: int) -> date:
    """Find a birth date that makes somebody that old, some days ago."""
    return anniversary(today, -years) - timedelta(days=days % 360)


def _snils(serial: int) -> str:
    counted = f"{990_000_000 + serial:09}"
    weights = range(9, 0, -1)
    total = sum(int(digit) * weight for digit, weight in zip(counted, weights, strict=True))
    return f"{counted}{total % 101 % 100:02}"
