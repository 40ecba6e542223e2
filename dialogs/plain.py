"""Typed text brought to one form: the dashes, quotes, digits and spaces of any keyboard."""

import re
import unicodedata
from collections.abc import Iterator

_ONE_SIGN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("'`\u00b4\u2018\u201b\u02bc\u02b9\u2032\uff07", "\u2019"),
    }
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n\s*")
_STRESS = re.compile("(?<=[\u0400-\u04ff])\u0301")
_TWINS = str.maketrans("ABEKMHOPCTXYaeopcyxËë", "АВЕКМНОРСТХУаеорсухЁё")


def plain(text: str) -> str:
    """Bring a text to one form; lines are kept, letter case too.

    Marks of stress and invisible characters go; «№» stays what it is.
    """
    visible = _STRESS.sub("", "".join(map(_visible, text.translate(_ONE_SIGN))))
    # «№» is set aside: its compatibility form is the two Latin letters «No».
    parts = (unicodedata.normalize("NFKC", part) for part in visible.split("№"))
    signs = "".join(map(_digit, "№".join(parts).translate(_ONE_SIGN)))
    return _LINES.sub("\n", _SPACES.sub(" ", signs)).strip()


def one_line(text: str) -> str:
    """Bring a text to one form and one line."""
    return plain(text).replace("\n", " ")


def digits(text: str) -> str:
    """Return the digits of a text alone."""
    return re.sub(r"[^0-9]", "", plain(text))


def with_twins_in_cyrillic(text: str) -> str:
    """Turn the Latin letters that look like Cyrillic ones into those."""
    return text.translate(_TWINS)


def without_yo(text: str) -> str:
    """Write every «ё» as «е», as most people do."""
    return text.replace("ё", "е").replace("Ё", "Е")


def with_yo(word: str) -> Iterator[str]:
    """Give a word once for each «е» in it, that one written as «ё»."""
    for place, letter in enumerate(word):
        if letter in "еЕ":
            yield f"{word[:place]}{'ё' if letter == 'е' else 'Ё'}{word[place + 1 :]}"


def _visible(character: str) -> str:
    if unicodedata.category(character) in {"Cf", "Cs"}:
        return ""
    return "\n" if character == "\r" else character


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
