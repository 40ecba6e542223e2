"""Series and number of a Russian birth certificate, however the Roman numeral was typed."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs.plain import one_line, with_twins_in_cyrillic

Fault: TypeAlias = Literal[
    "certificate", "certificate.number", "certificate.roman", "certificate.letters"
]

_ROMAN = ((90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_HIGHEST = 99
# What people press for the numerals I, V, X, L, C, and for two or three I at once.
_AS_TYPED = str.maketrans(
    {"1": "I", "|": "I", "!": "I", "І": "I", "У": "V", "Х": "X", "Л": "L", "С": "C"}
    | {"П": "II", "Ш": "III"}
)
_NAMED = re.compile(
    r"свидетельств\w*|св-во|рождени\w*|\bо\b|\bсери\w*|\bномер\w*|№|#|\bn[oо]?\b\.?", re.IGNORECASE
)
_SHAPE = re.compile(r"(?P<series>.*?)(?P<letters>[^\W\d_]{2})(?P<number>[0-9]*)")
_LETTERS = re.compile(r"[А-ЯЁ]{2}")
_DIGITS = 6
_LONGEST = 120  # characters; what is longer is a story, and costs time to search


@dataclass(frozen=True, slots=True)
class Certificate:
    """Series and number; ``is_guess`` when the numeral could be read in two ways."""

    roman: str
    letters: str
    number: str
    is_guess: bool = False

    def __str__(self) -> str:
        """Write as the document does: «II-АБ № 123456»."""
        return f"{self.roman}-{self.letters} № {self.number}"


def read(text: str) -> Certificate | Fault:
    """Read a certificate; Latin twins of letters and Cyrillic twins of numerals are taken."""
    line = one_line(text)
    if len(line) > _LONGEST or not re.search(r"[0-9]", line):
        return "certificate"
    named = _NAMED.sub(" ", line)
    # A small l stands for the Roman one far oftener than for fifty.
    compact = re.sub(r"[^\w|!]|_", "", named.replace("l", "I").upper())
    found = _SHAPE.fullmatch(compact)
    if not found:
        return "certificate"
    if len(found["number"]) != _DIGITS:
        return "certificate.number"
    letters = with_twins_in_cyrillic(found["letters"])
    if not _LETTERS.fullmatch(letters):
        return "certificate.letters"
    roman = _roman(found["series"])
    if not roman:
        return "certificate.roman"
    # Two strokes may be the Roman two or the Arabic eleven; xl may be eleven or forty.
    is_guess = found["series"] == "11" or "xl" in named
    return Certificate(roman, letters, found["number"], is_guess)


def _roman(series: str) -> str:
    """Return the numeral that was meant; empty when it is none."""
    if series.isdecimal() and set(series) != {"1"}:
        return _written(int(series)) if 0 < int(series) <= _HIGHEST else ""
    roman = series.translate(_AS_TYPED)
    return roman if roman in _KNOWN else ""


def _written(number: int) -> str:
    roman = ""
    for value, sign in _ROMAN:
        roman += sign * (number // value)
        number %= value
    return roman


_KNOWN = frozenset(map(_written, range(1, _HIGHEST + 1)))
