"""Placeholders of notices: «{name|уважаемый клиент}», with what stands there where it is unknown.

What is the same for everybody (the insurer's name, phone, site) is filled in once, when the
recipients are gathered; what is the person's own, for each of them.
"""

import re
from collections.abc import Mapping
from typing import Final

PERSONAL: Final = frozenset({"name"})
"""What differs from person to person, and is personal data."""

_PLACE = re.compile(r"\{(?P<name>\w*)(?:\|(?P<otherwise>[^{}]*))?\}")


def names_in(text: str) -> frozenset[str]:
    """Return the names of the placeholders of a text."""
    return frozenset(found["name"] for found in _PLACE.finditer(text))


def bare(text: str) -> frozenset[str]:
    """Return the names of those that say nothing of what stands there where it is unknown."""
    found = _PLACE.finditer(text)
    return frozenset(one["name"] for one in found if one["otherwise"] is None)


def is_balanced(text: str) -> bool:
    """Tell whether no brace is left beside the placeholders."""
    return not set("{}") & set(_PLACE.sub("", text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill placeholders in; those of unknown names stay, an empty value gives way."""

    def value(found: re.Match[str]) -> str:
        if found["name"] not in values:
            return found[0]
        return values[found["name"]] or found["otherwise"] or ""

    return _PLACE.sub(value, text)
