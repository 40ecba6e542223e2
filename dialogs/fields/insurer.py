"""Insurers, found in a list by name."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from dialogs.fields.base import Asking, Field, Problem, Reading, said
from dialogs.fields.vocabulary import is_among, meanings
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.reading import fold

_LONGEST = 100  # characters
_NEAR = 85  # of 100: one slip in a word of seven letters


class Insurer(Field):
    """The name of an insurer: one of the list ``field.insurers``, or any other as written."""

    greedy = True

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Find the insurer by a common name, forgiving a slip; take another name as it is."""
        text = said(incoming)
        if sum(map(str.isalpha, text)) < 2:  # noqa: PLR2004 — a name has letters
            return Problem("insurer")
        if is_among(text, asking.words, "field.unknown"):
            return Problem("insurer.unknown")
        if len(text) > _LONGEST:
            return Problem("long")
        return _found(fold(text), meanings(asking.words, "field.insurers")) or text

    def accepts(self, value: Json) -> bool:
        """Tell whether this could be a name."""
        return isinstance(value, str) and 1 < len(value) <= _LONGEST

    def show(self, value: Json, asking: Asking) -> str:
        """Write the name."""
        del asking
        return str(value)


def _found(text: str, names: Mapping[str, str]) -> str:
    """Return the one insurer that the words name; empty when it is none or several."""
    named = {insurer for name, insurer in names.items() if f" {name} " in f" {text} "}
    if named:
        return named.pop() if len(named) == 1 else ""
    near = process.extractOne(text, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return names[near[0]] if near else ""
