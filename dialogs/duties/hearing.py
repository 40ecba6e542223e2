"""Hearing in free words that something has changed: «вчера получила новый паспорт»."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import OSA

from dialogs.duties.dating import Dated, dated
from dialogs.duties.duty import CHANGES, ChangeKind
from dialogs.faq.keyboard import as_russian
from dialogs.fields.vocabulary import meanings
from dialogs.reading import fold
from dialogs.words import Words

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LONG = 5  # letters; in a shorter beginning one slip makes another word
_LONGEST = 200  # characters; a longer story asks for more than a term

Sign: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A change that somebody reports; ``about`` is whose, empty for one's own."""

    change: ChangeKind
    dated: Dated
    about: str = ""


def hear(text: str, today: date, languages: Collection[Words]) -> Heard | None:
    """Hear a report; None for questions, plans, and everything else."""
    if len(text) > _LONGEST:
        return None
    typed = (text,) if _CYRILLIC.search(text) else (text, as_russian(text))
    heard = (_hear(one, today, words) for one in typed for words in languages)
    return next(filter(None, heard), None)


def change_of(text: str, languages: Iterable[Words]) -> ChangeKind | None:
    """Understand an answer to the question what has changed: one or two words."""
    said = fold(text).split()
    for words in languages:
        for change in CHANGES:
            if _occurs(said, words.options(f"duty.change.{change}.options")):
                return change
    return None


def kin(text: str, words: Words) -> str:
    """Find of whom a sentence speaks; empty when of nobody else."""
    known = meanings(words, "duty.kin.words")
    return next((known[word] for word in fold(text).split() if word in known), "")


def _hear(text: str, today: date, words: Words) -> Heard | None:
    said = fold(text).split()
    if _occurs(said, words.options("duty.hear.never")):
        return None
    when = dated(text, today, words)
    if not when.is_told and ("?" in text or _occurs(said, words.options("duty.hear.asks"))):
        return None
    for change in CHANGES:
        is_done = _occurs(said, words.options(f"duty.hear.{change}"))
        # A matter is named in many questions; with a day it is something that has happened.
        is_named = when.is_told and _occurs(said, words.options(f"duty.hear.{change}.named"))
        if is_done or is_named:
            return Heard(change, when, kin(text, words))
    return None


def _occurs(said: Sequence[str], options: tuple[str, ...]) -> bool:
    """Tell whether some sign occurs: one of the words of each of its groups, in any order."""
    return any(
        all(any(_begins(word, start) for word in said for start in group) for group in sign)
        for sign in _signs(options)
    )


def _begins(word: str, start: str) -> bool:
    """Tell whether a word begins so, one slip in a long beginning forgiven; «=» wants it whole."""
    if start.startswith("="):
        return word == start[1:]
    if word.startswith(start):
        return True
    if len(start) < _LONG or word[:1] != start[:1]:
        return False
    begun = (word[:length] for length in range(len(start) - 1, len(start) + 2))
    # The last letter tells «сменил» from «сменить», so no slip is forgiven there.
    return any(
        one[-1] == start[-1] and OSA.distance(one, start, score_cutoff=1) <= 1 for one in begun
    )


@lru_cache(maxsize=64)
def _signs(options: tuple[str, ...]) -> tuple[Sign, ...]:
    """Read signs: groups parted by spaces, the words of a group by «|»."""
    return tuple(
        tuple(tuple(group.replace("ё", "е").split("|")) for group in option.split())
        for option in options
    )
