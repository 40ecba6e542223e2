"""Numbers that name a person: recognised by shape and check digit, hidden where nobody asked.

The rules of ЕНП and СНИЛС are those of `GLOSSARY.md`: Luhn's digit, and the sum
weighted 9…1 modulo 101.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from stdnum import luhn

from dialogs.plain import digits

_SPACE = r"[\s\-\u2010-\u2015.]?"
_ENP = re.compile(rf"(?<!\d)(?:\d{_SPACE}){{15}}\d(?!\d)")
_SNILS = re.compile(rf"(?<!\d)(?:\d{_SPACE}){{10}}\d(?!\d)")
_PASSPORT = re.compile(r"(?<!\d)\d{2}\s?\d{2}\s?(?:№|N|n)?\s?\d{6}(?!\d)")
_PASSPORT_WORD = re.compile(r"паспорт|серия|passport", re.IGNORECASE)
_SPELT_PASSPORT = re.compile(r"(?<!\d)\d{2}\s?\d{2}\s(?:№|N|n)?\s?\d{6}(?!\d)")
_LONG_NUMBER = re.compile(r"(?:\d[\s\-().]{0,2}){5,}\d")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_MOBILE = re.compile(r"[78]9\d{9}")
_UNCHECKED_SNILS = 1_001_998  # numbers up to 001-001-998 carry no check digits
HIDDEN = "•••"

# How the month in an ЕНП tells the century: what is added to it, and the years meant.
_ERAS = ((20, range(1800, 1951)), (40, range(1951, 2001)), (0, range(2001, 2100)))
_MAN = 50  # is added to the day of a man


class EnpSays(NamedTuple):
    """What the digits of a policy number say about its holder on the day it was given."""

    birth: date
    sex: Literal["female", "male"]


def enp_is_valid(number: str) -> bool:
    """Tell whether 16 digits end in their Luhn digit."""
    return re.fullmatch(r"[0-9]{16}", number) is not None and bool(luhn.is_valid(number))


def enp_says(number: str) -> EnpSays | None:
    """Read birth date and sex from the 16 digits of an ЕНП; None when they make no date.

    Digits 3-4 are the month with its era, 5-8 the year backwards, 9-10 the day; each digit
    is written as 9 minus itself. Numbers survive corrections, so a disagreement with what
    a person says is a reason to ask and never to refuse.
    """
    plain = "".join(str(9 - int(digit)) for digit in number)
    month, year, day = int(plain[2:4]), int(plain[7:3:-1]), int(plain[8:10])
    is_man = day > _MAN
    for added, years in _ERAS:
        if year in years and 0 < month - added <= 12:  # noqa: PLR2004 — months
            try:
                birth = date(year, month - added, day - _MAN if is_man else day)
            except ValueError:
                return None
            return EnpSays(birth, "male" if is_man else "female")
    return None


def snils_is_valid(number: str) -> bool:
    """Tell whether 11 digits end in their control number."""
    if not re.fullmatch(r"[0-9]{11}", number):
        return False
    counted, control = number[:9], int(number[9:])
    if int(counted) <= _UNCHECKED_SNILS:
        return int(counted) > 0
    weighted = sum(
        int(digit) * weight for digit, weight in zip(counted, range(9, 0, -1), strict=True)
    )
    return weighted % 101 % 100 == control


def hide(text: str) -> tuple[str, bool]:
    """Hide the policy, СНИЛС and passport numbers in a text; tell whether there were any."""
    hidden = _ENP.sub(lambda found: _hidden(found, enp_is_valid), text)
    hidden = _SNILS.sub(lambda found: _hidden(found, _may_be_snils), hidden)
    passport = _PASSPORT if _PASSPORT_WORD.search(text) else _SPELT_PASSPORT
    hidden = passport.sub(HIDDEN, hidden)
    return hidden, hidden != text


def mask(text: str) -> str:
    """Hide every long number and e-mail address, for lists that others read."""
    return _EMAIL.sub(HIDDEN, _LONG_NUMBER.sub(HIDDEN, text))


def _may_be_snils(number: str) -> bool:
    # One mobile number in a hundred has fitting control digits by chance.
    return snils_is_valid(number) and not _MOBILE.fullmatch(number)


def _hidden(found: re.Match[str], is_valid: Callable[[str], bool]) -> str:
    return HIDDEN if is_valid(digits(found.group())) else found.group()
