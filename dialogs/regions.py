"""Which region of Russia an address names, told by its words alone."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from dialogs.json import Json
from dialogs.reading import fold

Stems: TypeAlias = tuple[str, ...]

# At least three letters of a noun must stay: «края» and «край» fall together.
_ADJECTIVE = re.compile(r"(\w{2,}?ск)(?:ая|ой|ую|ий|ого|ому|ом)")
_NOUN = re.compile(r"(\w{3,}?)[аеиоуыэюяйь]+")


def region_of(text: str, options: tuple[str, ...]) -> str:
    """Return the code of the region that the words name; empty when they name none.

    ``options`` are lines ``code|name|other name…``. Any case is understood. Of several names the
    longest one counts, then the one that stands first.
    """
    said = _stems(text)
    found = [
        (len(name), -place, code)
        for code, name in _names(options)
        for place in range(len(said) - len(name) + 1)
        if said[place : place + len(name)] == name
    ]
    return max(found)[2] if found else ""


@lru_cache(maxsize=4)
def _names(options: tuple[str, ...]) -> tuple[tuple[str, Stems], ...]:
    rows = (option.split("|") for option in options)
    return tuple((code, _stems(name)) for code, *names in rows for name in names)


def _stems(text: str) -> Stems:
    return tuple(map(_stem, fold(text).split()))


def _stem(word: str) -> str:
    """Cut off what changes with the case: «московской» and «московская» fall together."""
    if found := _ADJECTIVE.fullmatch(word):
        return f"{found[1]}-"  # «Омская» is a street, «Омск» a city
    found = _NOUN.fullmatch(word)
    return found[1] if found else word


def region_in(answers: Mapping[str, Json]) -> str:
    """Return the region of the first address among stored answers; empty when none tells it."""
    regions = (answer.get("region") for answer in answers.values() if isinstance(answer, dict))
    return next((region for region in regions if isinstance(region, str) and region), "")
