"""Names of people: told apart, spelt as documents spell them, checked by their letters."""

import re
import unicodedata
from typing import Literal, NamedTuple, TypeAlias

from dialogs.plain import plain, with_twins_in_cyrillic

Fault: TypeAlias = Literal[
    "name", "name.digits", "name.initials", "name.letters", "name.cyrillic", "name.long"
]
LONGEST_PART = 60  # characters

# What belongs to the word before it and to the word after it.
_AFTER = frozenset(
    [
        "оглы",
        "оглу",
        "кызы",
        "гызы",
        "кизи",
        "угли",
        "улы",
        "уулу",
        "ogly",
        "oglu",
        "kyzy",
        "gyzy",
        "kizi",
        "ugli",
        "uly",
        "uulu",
        "qizi",
    ]
)
_BEFORE = frozenset(
    ["фон", "де", "ди", "дю", "дер", "бин", "ибн", "von", "de", "di", "du", "der", "bin", "ibn"]
)
_ELIDED = frozenset("длdl")  # д’Артаньян

_CYRILLIC = r"\u0400-\u0481\u048a-\u04ff"
_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_ANY_CYRILLIC, _ANY_LATIN = re.compile(f"[{_CYRILLIC}]"), re.compile(f"[{_LATIN}]")
_SIGNS = re.compile(rf"[^{_CYRILLIC}{_LATIN}0-9 \-\u2019,;.\n]")
_INITIAL = re.compile(rf"(?<![{_CYRILLIC}{_LATIN}])[{_CYRILLIC}{_LATIN}]\.")
_WORD = re.compile(r"[^\s,;]+")
_END = re.compile(r"(?<=\w\w)[\s.,;!]+$")
_PATRONYMIC = re.compile(r"(?:ич|овна|евна|ична)$", re.IGNORECASE)


def _words(letters: str) -> re.Pattern[str]:
    word = rf"[{letters}]+(?:[-\u2019][{letters}]+)*"
    return re.compile(rf"{word}(?: {word})*")


_IN_CYRILLIC, _IN_LATIN = _words(_CYRILLIC), _words(_LATIN)


class Name(NamedTuple):
    """A name in its three parts; an absent part is empty."""

    surname: str
    given: str = ""
    patronymic: str = ""


def tidy(text: str) -> str:
    """Bring a typed name to one form, before it is judged."""
    return _WORD.sub(_in_one_alphabet, _END.sub("", plain(text)))


def fault(text: str, *, foreign: bool) -> Fault | None:
    """Tell what is wrong with the signs of a tidied name; Latin is for foreigners only."""
    if not (_ANY_CYRILLIC.search(text) or _ANY_LATIN.search(text)):
        return "name.digits" if re.search(r"[0-9]", text) else "name"
    if re.search(r"[0-9]", text):
        return "name.digits"
    if _INITIAL.search(text):
        return "name.initials"
    if _SIGNS.search(text) or "." in text:
        return "name.letters"
    if not foreign and _ANY_LATIN.search(text):
        return "name.cyrillic"
    return None


def part_fault(part: str, *, foreign: bool) -> Fault | None:
    """Tell what is wrong with one part of a name as it is spelt."""
    if len(part) > LONGEST_PART:
        return "name.long"
    if _IN_CYRILLIC.fullmatch(part) or (foreign and _IN_LATIN.fullmatch(part)):
        return None
    return "name.letters"


def split(text: str) -> Name | None:
    """Tell the parts of a name apart; None when it cannot be told.

    Commas and lines tell by themselves; otherwise it is surname, given name, patronymic,
    or the order in which the middle word ends like a patronymic.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(parts) == 1:
        parts = _units(parts[0])
        if len(parts) == 3 and is_patronymic(parts[1]):  # noqa: PLR2004 — as the name says
            parts = [parts[2], *parts[:2]]
    return Name(*parts) if 0 < len(parts) <= len(Name._fields) else None


def is_patronymic(part: str) -> bool:
    """Tell whether a part of a name ends as patronymics do."""
    return bool(_PATRONYMIC.search(part)) or part.rsplit(maxsplit=1)[-1].casefold() in _AFTER


def is_latin(part: str) -> bool:
    """Tell whether a part of a name is written in Latin letters."""
    return _IN_LATIN.fullmatch(part) is not None


def spell(part: str) -> str:
    """Spell a part with capitals where documents have them; mixed case stays as typed."""
    return unicodedata.normalize("NFC", " ".join(map(_spell_word, part.split())))


def _in_one_alphabet(word: re.Match[str]) -> str:
    found = word.group()
    return with_twins_in_cyrillic(found) if _ANY_CYRILLIC.search(found) else found


def _units(text: str) -> list[str]:
    """Split into words, keeping with a word the particles that belong to it."""
    units: list[str] = []
    for word in text.split():
        belongs = units and (
            word.casefold() in _AFTER or units[-1].split()[-1].casefold() in _BEFORE
        )
        if belongs:
            units[-1] += f" {word}"
        else:
            units.append(word)
    return units


def _spell_word(word: str) -> str:
    if word.casefold() in _AFTER | _BEFORE:
        return word if word.istitle() else word.lower()
    first, *others = re.split(r"([-\u2019])", word)
    is_elided = bool(others) and others[0] == "\u2019" and first.lower() in _ELIDED
    is_even = word.isupper() or word.islower()
    spelt = first.lower() if is_elided and is_even else _capital(first)
    for sign, piece in zip(others[::2], others[1::2], strict=True):
        spelt += sign + (piece.lower() if piece.casefold() in _AFTER else _capital(piece))
    return spelt


def _capital(piece: str) -> str:
    """Begin with a capital; «МакГрегор» keeps its second one, «иВАНОВА» does not."""
    if piece[:1].isupper() and not piece.isupper():
        return piece
    return piece[:1].title() + piece[1:].lower()
