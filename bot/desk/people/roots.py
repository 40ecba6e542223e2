"""Words that somebody looks for in messages: in any of their forms, without any number."""

import re
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import Prefix

from dialogs.plain import with_yo, without_yo
from dialogs.stems import STEMMED, stemmer_of

LONGEST: Final = 120
"""Characters that are read of what was typed."""

_MOST: Final = 5  # words
_SHORTEST: Final = 3  # letters of a root; a shorter one is found everywhere
_AROUND: Final = 70  # characters shown on each side of the first word found
_FLEETING: Final = re.compile(r"[ое][кц]$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBERED: Final = re.compile(r"\S*\d\S*")
_STEMMERS: Final = tuple(map(stemmer_of, STEMMED))


@dataclass(frozen=True, slots=True)
class Root:
    """The beginning that all forms of a word share, as its database and its reader look for it."""

    spellings: tuple[str, ...] = field(repr=False)
    pattern: re.Pattern[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message; ``is_found`` when it is one of the words."""

    text: str = field(repr=False)
    is_found: bool


def read(line: str) -> tuple[Root, ...]:
    """Read what was typed; what holds a digit is left out, as are words too short to tell."""
    words = _WORD.findall(_NUMBERED.sub(" ", line[:LONGEST]))
    roots = dict.fromkeys(filter(None, map(_root, words)))
    return tuple(map(_made, sorted(roots, key=len, reverse=True)[:_MOST]))


def holds(text: str, roots: tuple[Root, ...]) -> bool:
    """Tell whether a text holds each of the words at the beginning of one of its own."""
    return all(root.pattern.search(text) for root in roots)


def excerpt(text: str, roots: tuple[Root, ...]) -> list[Part]:
    """Cut out the neighbourhood of the first word found, with all found ones marked."""
    line = " ".join(text.split())
    found = sorted(
        (match.span() for root in roots for match in root.pattern.finditer(line)), key=lambda at: at
    )
    first = found[0][0] if found else 0
    begin, end = max(0, first - _AROUND), min(len(line), first + 2 * _AROUND)
    parts, at = [Part("… ", is_found=False)] if begin else [], begin
    for start, stop in found:
        if start < at or stop > end:
            continue
        parts += [Part(line[at:start], is_found=False), Part(line[start:stop], is_found=True)]
        at = stop
    parts.append(Part(line[at:end] + (" …" if end < len(line) else ""), is_found=False))
    return [part for part in parts if part.text]


def _root(word: str) -> str:
    """Find what all forms of a word begin with: the shorter stem of the two languages."""
    plain = without_yo(word.lower())
    stem = min((stem(plain) for stem in _STEMMERS), key=len)
    # An English stem may end in another letter than the word does there.
    shared = plain[: Prefix.similarity(stem, plain)]
    firm = _FLEETING.sub("", shared)  # «ребёнок» is «ребёнка», too
    shared = firm if len(firm) > _SHORTEST else shared
    # «УЗИ» and «ЭКО» would lose a third of themselves as if it were an ending.
    whole = shared if len(shared) >= _SHORTEST else plain
    return whole if len(whole) >= _SHORTEST else ""


def _made(root: str) -> Root:
    """Write a root as people may have: in small or great letters, with «ё» in one place."""
    lines = {root, *with_yo(root)}
    spellings = {form for line in lines for form in (line, line.capitalize(), line.upper())}
    letters = "".join("[её]" if letter == "е" else re.escape(letter) for letter in root)
    pattern = re.compile(rf"(?<![^\W\d_]){letters}[^\W\d_]*", re.IGNORECASE)
    return Root(tuple(sorted(spellings)), pattern)
