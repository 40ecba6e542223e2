"""The numbers of extracts: nobody can guess one, anybody can type one."""

import re
import secrets
from typing import Final

# Crockford's digits: no I, L, O, U, which are taken for others. 16 of them are 80 bits.
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH: Final = 16
_GROUP: Final = 4
_LONGEST: Final = 64  # characters that somebody may type with all their separators
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015_.]+")

# Typed for a digit that looks alike: Latin letters that are none, and Cyrillic ones.
_ALIKE: Final = str.maketrans("ILOАВЕКМНОРСТХЗ", "110ABEKMH0PCTX3")


def new_number() -> str:
    """Draw a number such as ``K7QM-2XTB-9HRD-4W3F``."""
    return _grouped("".join(secrets.choice(_DIGITS) for _ in range(_LENGTH)))


def read_number(text: str) -> str | None:
    """Read a number as people type it: in any case, with any separators, in Cyrillic letters."""
    if len(text) > _LONGEST:
        return None
    plain = _SEPARATORS.sub("", text).upper().translate(_ALIKE)
    if len(plain) != _LENGTH or not set(plain) <= set(_DIGITS):
        return None
    return _grouped(plain)


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
