"""What somebody types into the search, and what it may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.extract.numbers import read_number
from bot.receipts import is_number
from dialogs.plain import with_yo, without_yo
from storage.dossier import Naming

LONGEST: Final = 120
"""Characters that are read of what was typed."""

_SERIES: Final = 4
_MOST_GUEST_DIGITS: Final = 8
_RECEIPT_PART: Final = 4
_MOST_WORDS: Final = 6
_DAY: Final = re.compile(r"\b(\d{1,2})[.\-/](\d{1,2})[.\-/]((?:19|20)\d\d)\b")
_MIXED: Final = re.compile(r"\d")
"""Sixteen letters without a digit are a name, sixteen digits a policy's number."""

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘\-.])*")


@dataclass(frozen=True, slots=True)
class Sought:
    """The meanings of one line; an empty one means nothing of that kind was typed.

    ``guest`` is the number of a chat, as in «Гость 4821». ``names`` are all ways to understand
    a name, with the day of birth if one stands beside it.
    """

    enp: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    document: str = field(default="", repr=False)
    receipt: str = ""
    extract: str = ""
    guest: int = 0
    names: tuple[Naming, ...] = field(default=(), repr=False)
    born_on: date | None = field(default=None, repr=False)

    @property
    def kinds(self) -> str:
        """Name what was looked for without a word of it, for the journal."""
        kinds = ("enp", "phone", "document", "receipt", "extract", "guest", "names")
        return ", ".join(kind for kind in kinds if getattr(self, kind))


def read(line: str) -> Sought:
    """Read a line: a number by its length and check digit, words as a name, a day as a birth."""
    text = " ".join(line.split())[:LONGEST]
    extract = read_number(text)
    if extract and _MIXED.search(text) and not extract.replace("-", "").isdigit():
        return Sought(extract=extract)
    born_on = _born(text)
    words = _WORD.findall(_DAY.sub(" ", text))
    if words and len(words) <= _MOST_WORDS and _is_name(text):
        return Sought(names=tuple(_namings(words)), born_on=born_on)
    return _number(re.sub(r"\D", "", text))


def _number(digits: str) -> Sought:
    match len(digits):
        case 16:
            return Sought(enp=digits)
        case 11 if digits[0] in "78":
            return Sought(phone=f"+7{digits[1:]}")
        case 10:
            return Sought(document=f"{digits[:_SERIES]} {digits[_SERIES:]}", phone=f"+7{digits}")
        case 9 if is_number(digits):
            part = _RECEIPT_PART
            return Sought(receipt=f"{digits[:part]}-{digits[part : 2 * part]}-{digits[-1]}")
    is_guest = 0 < len(digits) <= _MOST_GUEST_DIGITS
    return Sought(guest=int(digits)) if is_guest else Sought()


def _is_name(text: str) -> bool:
    """Tell a name, perhaps with a day of birth, from a number with a word beside it."""
    return not re.search(r"\d", _DAY.sub("", text))


def _born(text: str) -> date | None:
    found = _DAY.search(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _namings(words: list[str]) -> Iterator[Naming]:
    """Cut words into surname, given name and patronymic, in the usual orders.

    A surname may have several words; who writes the given name first writes one word of it.
    """
    for end in range(1, len(words) + 1):
        given, *rest = words[end:] or ("",)
        yield Naming(
            _spellings(" ".join(words[:end])), _spellings(given), _spellings(" ".join(rest))
        )
    if len(words) > 1:
        given, *patronymic, surname = words
        yield Naming(_spellings(surname), _spellings(given), _spellings(" ".join(patronymic)))


def _spellings(word: str) -> tuple[str, ...]:
    """Write a word as registers may: as it stands, with capitals, with «ё» in one place."""
    if not word:
        return ()
    titled = word.title()
    return tuple(sorted({word, titled, word.upper(), without_yo(titled), *with_yo(titled)}))
