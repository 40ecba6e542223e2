"""Words without their endings, in the languages that are spoken here."""

from collections.abc import Callable
from typing import Final

from snowballstemmer import stemmer

_NAMES: Final = {"ru": "russian", "en": "english"}
STEMMED: Final = tuple(_NAMES)
"""The languages whose endings are known."""


def stemmer_of(language: str) -> Callable[[str], str]:
    """Give what takes the ending off a word in small letters; in other languages it stays.

    It is a new one each time, for one and the same may not work in two threads at once.
    """
    return stemmer(_NAMES[language]).stemWord if language in _NAMES else str
