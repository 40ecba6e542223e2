"""Words typed in the wrong alphabet, and how words sound when spelt by ear."""

import re

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + '{}:"<>~'
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё" + "хъжэбюё"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC[:33], _LATIN[:33])

# One letter per sound, whichever alphabet it came in. Unstressed vowels fall together, and
# so do voiced and voiceless consonants: these are what people mix up in writing.
_DIGRAPHS = (
    dict.fromkeys(("shch", "sch", "sh", "zh"), "W")
    | dict.fromkeys(("ts", "tz"), "c")
    | dict.fromkeys(("ya", "ja"), "a")
    | dict.fromkeys(("yu", "ju"), "u")
    | dict.fromkeys(("yo", "ye"), "i")
    | {"ch": "Q", "kh": "h"}
)
# A word that begins with j begins with «ж», unless it is «я» itself.
_DIGRAPH = re.compile(r"(?!^j.)(?:" + "|".join(_DIGRAPHS) + r")|^ja$")
_SOUNDS = str.maketrans(
    "абвгдежзийклмнопрстуфхцчшщыэюяabdefghijklmnopqrstuvwxyz",
    "apfktiWsiiklmnaprstufhcQWWiiuaaptifkhiWklmnapkrstufWhis",
    "ъь",
)
_REPEATED = re.compile(r"(.)\1+")


def as_russian(text: str) -> str:
    """Read keys pressed on the Latin layout as the Cyrillic letters printed beside them."""
    return text.lower().translate(_TO_CYRILLIC)


def as_english(text: str) -> str:
    """Read keys pressed on the Cyrillic layout as the Latin letters printed beside them."""
    return text.lower().translate(_TO_LATIN)


def sound(word: str) -> str:
    """Reduce a lower-case word of either alphabet to roughly how it sounds in Russian.

    Spellings that are commonly confused come out alike: ``фамилия``, ``фомилия``, ``familiya``.
    """
    sounds = _DIGRAPH.sub(lambda found: _DIGRAPHS[found[0]], word).translate(_SOUNDS)
    return _REPEATED.sub(r"\1", sounds.replace("ts", "c"))
