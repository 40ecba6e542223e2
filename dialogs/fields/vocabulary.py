"""Lists of words that fields understand: one meaning a line, ``meaning|word|word``."""

from collections.abc import Mapping
from functools import lru_cache

from dialogs.reading import fold
from dialogs.words import Words


@lru_cache(maxsize=64)
def _table(options: tuple[str, ...]) -> Mapping[str, str]:
    rows = (option.split("|") for option in options)
    return {_folded(word): row[0] for row in rows for word in (row[1:] or row)}


def meanings(words: Words, key: str) -> Mapping[str, str]:
    """Map every folded word of a list to the meaning of its line."""
    return _table(words.options(key))


def is_among(text: str, words: Words, key: str) -> bool:
    """Tell whether the whole text is one of the words of a list; «-» may be such a word."""
    return _folded(text) in meanings(words, key)


def _folded(text: str) -> str:
    return fold(text) or text.strip()
