"""What the barcode of a paper policy says: 130 bytes in one of two layouts.

The layouts are those of public samples, described in `docs/decisions/0009-extract.md`.
The signature at the end is not looked at: whoever is read confirms what was read.
"""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from dialogs.identifiers import enp_is_valid
from dialogs.insured import Sex
from dialogs.paper import PaperPolicy

LENGTH: Final = 130
"""Bytes of the whole code."""

_LETTERS: Final = " .-\N{LEFT SINGLE QUOTATION MARK}0123456789АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЬЪЫЭЮЯ"
_BAR: Final = 63  # the code that parts surname, given name and patronymic
_BITS: Final = 6
_EPOCH: Final = date(1900, 1, 1)
_LARGEST_ENP: Final = 10**16 - 1
_SEXES: Final[dict[int, Sex]] = {1: "male", 2: "female"}
_NAME: Final = re.compile(r"[А-ЯЁ](?:[А-ЯЁ .\N{LEFT SINGLE QUOTATION MARK}-]*[А-ЯЁ.])?")
_PARTS: Final = 3


class _Layout(NamedTuple):
    """Where a layout has its parts, after the byte of its number and the eight of the ЕНП."""

    names: slice
    sex: int
    is_reversed: bool


_ENP: Final = slice(1, 9)
_LAYOUTS: Final = {
    1: _Layout(names=slice(9, 51), sex=51, is_reversed=True),
    2: _Layout(names=slice(9, 60), sex=60, is_reversed=False),
}


def decode(content: bytes, today: date) -> PaperPolicy | None:
    """Read the bytes of a barcode; None for anything that is not a policy to the last bound."""
    if len(content) != LENGTH or content[0] not in _LAYOUTS:
        return None
    layout = _LAYOUTS[content[0]]
    enp = int.from_bytes(content[_ENP], "big")
    names = _names(content[layout.names], is_reversed=layout.is_reversed)
    sex = _SEXES.get(content[layout.sex])
    born_on = _day(content, layout.sex + 1)
    valid_until = _day(content, layout.sex + 3)
    if enp > _LARGEST_ENP or names is None or sex is None or born_on is None:
        return None
    number = f"{enp:016}"
    is_possible = enp_is_valid(number) and born_on <= today
    if not is_possible or (valid_until is not None and valid_until < born_on):
        return None
    return PaperPolicy(number, *names, sex, born_on, valid_until)


def _day(content: bytes, at: int) -> date | None:
    """Read days since 1900; 0 is no day."""
    days = int.from_bytes(content[at : at + 2], "big")
    return _EPOCH + timedelta(days) if days else None


def _names(packed: bytes, *, is_reversed: bool) -> tuple[str, str, str] | None:
    """Unpack surname, given name and patronymic; None when they are no names."""
    codes = _unpacked(packed[::-1] if is_reversed else packed)
    parts: list[list[int]] = [[]]
    for code in codes:
        if code == _BAR:
            parts.append([])
        elif code >= len(_LETTERS):
            return None
        else:
            parts[-1].append(code)
    if len(parts) != _PARTS:
        return None
    words = ["".join(_LETTERS[code] for code in part) for part in parts]
    if is_reversed:  # patronymic, surname, given name, each of them backwards
        patronymic, surname, given = (word[::-1] for word in words)
    else:
        surname, given, patronymic = words
    found = (surname.strip(), given.strip(), patronymic.strip())
    if not (found[0] or found[1]) or any(part and not _NAME.fullmatch(part) for part in found):
        return None
    return found


def _unpacked(packed: bytes) -> list[int]:
    """Cut bytes into codes of six bits, the highest bits first."""
    bits, count = int.from_bytes(packed, "big"), len(packed) * 8 // _BITS
    spare = len(packed) * 8 % _BITS
    mask = (1 << _BITS) - 1
    return [bits >> (spare + _BITS * place) & mask for place in reversed(range(count))]
