"""Invented people of the register for tests: all ages, all lengths of names."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from stdnum import luhn

from dialogs.insured import Insured

TODAY = date(2026, 11, 22)

_SURNAMES = (
    *("Ли", "Ю", "Иванова", "Соколов", "Римская-Корсакова", "Щёголев", "О‘Коннор", "фон дер Липпе"),
    *("Константинопольская-Преображенская-Задунайская", "Кызылмахмудгаджиев оглы"),
    "Оченьдлиннаяфамилиябезединогодефисакотораянепомещаетсявстроку",
    "",
)
_GIVEN = ("Я", "Анна", "Пётр", "Мария-Антуанетта", "Абдурахмангаджи", "Жан Клод Вильгельм Мария")
_PATRONYMICS = (
    "",
    "Петровна",
    "Кызылмахмудгаджиевна",
    "Ибрагим оглы",
    "Константиновна-Владиславовна",
)


def enp(born_on: date, sex: str, serial: int) -> str:
    """Make a number by the rule: month with its era, year backwards, day (+50 for men), Luhn."""
    era = 20 if born_on.year <= 1950 else 40 if born_on.year <= 2000 else 0
    day = born_on.day + (50 if sex == "male" else 0)
    told = f"{born_on.month + era:02d}{str(born_on.year)[::-1]}{day:02d}"
    number = "99" + "".join(str(9 - int(digit)) for digit in told) + f"{serial % 100_000:05d}"
    return number + luhn.calc_check_digit(number)


def person(**changed: Any) -> Insured:
    """Make one ordinary person, with what a test changes."""
    born_on, sex = date(1985, 3, 7), "male"
    usual = {
        "id": 1,
        "enp": enp(born_on, sex, 12),
        "surname": "Соколов",
        "given": "Пётр",
        "patronymic": "Андреевич",
        "born_on": born_on,
        "sex": sex,
        "document_kind": "passport",
        "document": "4509123456",
        "snils": "11223344595",
        "phone": "+79000000001",
        "insurer_code": "00000",
        "insured_since": date(2019, 5, 1),
        "right_until": None,
        "barcode": "99-A7F3-C2D9-E1B4-0001",
        "is_demo": True,
    }
    return Insured(**{**usual, **changed})


def people(count: int, seed: int = 4) -> Iterator[Insured]:
    """Make people of all kinds, always the same ones."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        born_on = TODAY - timedelta(days=chance.choice((0, 1, 30, *range(365, 38_000, 911))))
        sex = chance.choice(("male", "female"))
        surname = chance.choice(_SURNAMES)
        length = chance.choice((8, 24, 64, 130, 174))
        yield person(
            id=number,
            enp=enp(born_on, sex, number),
            surname=surname,
            given=chance.choice(_GIVEN),
            patronymic=chance.choice(_PATRONYMICS) if surname else "",
            born_on=born_on,
            sex=sex,
            insured_since=max(born_on, date(2011, 5, 1)),
            right_until=chance.choice((None, None, None, TODAY + timedelta(days=200))),
            barcode="".join(chance.choices("0123456789ABCDEF:/-+=abcxyz", k=length)),
            is_demo=chance.random() < 0.8,
        )
