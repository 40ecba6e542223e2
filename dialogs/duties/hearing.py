"""Hearing in free words that something has changed: «вчера получила новый паспорт»."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz.distance import OSA

from dialogs.duties.dating import Dated, dated
from dialogs.duties.duty import CHANGES, ChangeKind
from dialogs.faq.keyboard import as_russian
from dialogs.fields.vocabulary import meanings
from dialogs.plain import without_yo
from dialogs.reading import fold
from dialogs.words import Words

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_PART = re.compile(r",(?!\s*\d)|[;:!?()–—]|\.\s(?!\d)|\s-\s")  # none in “January 31, 2026”
_LONG = 5  # letters; in a shorter beginning one slip makes another word
_LONGEST = 200  # characters; a longer story asks for more than a term

Sign: TypeAlias = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A change that somebody reports; ``about`` is whose, empty for one's own.

    ``language`` is the one in which it was said.
    ``change`` is None after a marriage or a divorce: by itself it changes nothing that the
    insurer has to be told, but it often brings a new name or document.
    """

    change: ChangeKind | None
    dated: Dated
    language: str
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
            if _occurs(said, words, f"duty.change.{change}.options"):
                return change
    return None


def kin(text: str, words: Words) -> str:
    """Find of whom a sentence speaks; empty when of nobody else."""
    known = meanings(words, "duty.kin.words")
    said = fold(text).split()
    phrases = (*said, *(f"{one} {next_}" for one, next_ in pairwise(said)))
    return next((known[phrase] for phrase in phrases if phrase in known), "")


def _hear(text: str, today: date, words: Words) -> Heard | None:
    said = fold(text).split()
    done = _first(said, words, "duty.hear.{}")
    # A matter is named in many questions; with a day it is something that has happened.
    named = done or _first(said, words, "duty.hear.{}.named")
    is_married = done is None and _occurs(said, words, "duty.hear.marriage")
    if not (named or is_married) or _occurs(said, words, "duty.hear.never"):
        return None
    key = f"duty.hear.{named}" if done else f"duty.hear.{named}.named"
    when = _dated(text, today, words, key) if named else dated(text, today, words)
    is_told = when.is_told or not ("?" in text or _occurs(said, words, "duty.hear.asks"))
    if named and (when.is_told or (is_told and done)):
        return Heard(named, when, words.language, kin(text, words))
    if is_married and is_told:
        return Heard(None, Dated(), words.language, kin(text, words))
    return None


def _dated(text: str, today: date, words: Words, key: str) -> Dated:
    """Read the day in the part of a sentence that tells of the change, else in any of it.

    «Сыну 14 исполнилось 3 ноября, паспорт получили вчера» has two, and one begins the term.
    """
    parts = _PART.split(text)
    telling = [part for part in parts if len(parts) > 1 and _occurs(fold(part).split(), words, key)]
    days = (dated(part, today, words) for part in telling)
    return next((day for day in days if day.is_told), None) or dated(text, today, words)


def _first(said: Sequence[str], words: Words, keys: str) -> ChangeKind | None:
    """Find the first change of which a sign occurs."""
    return next((one for one in CHANGES if _occurs(said, words, keys.format(one))), None)


def _occurs(said: Sequence[str], words: Words, key: str) -> bool:
    """Tell whether some sign occurs: one of the words of each of its groups, in any order."""
    signs, starts = _signs(words, key)
    begun = {start for word in said for start in starts.get(word[:1], ()) if _begins(word, start)}
    return bool(begun) and any(all(begun & group for group in sign) for sign in signs)


def _begins(word: str, start: str) -> bool:
    """Tell whether a word begins so, one slip in a long beginning forgiven; «=» wants it whole.

    The first letter has been compared already.
    """
    if start.startswith("="):
        return word == start[1:]
    if word.startswith(start):
        return True
    if len(start) < _LONG:
        return False
    begun = (word[:length] for length in range(len(start) - 1, len(start) + 2))
    # The last letter tells «сменил» from «сменить», so no slip is forgiven there.
    return any(
        one[-1] == start[-1] and OSA.distance(one, start, score_cutoff=1) <= 1 for one in begun
    )


@lru_cache(maxsize=64)
def _signs(words: Words, key: str) -> tuple[tuple[Sign, ...], Mapping[str, Sequence[str]]]:
    """Read signs: groups parted by spaces, the words of a group by «|».

    Beside them their words by first letter, since few of them can begin a word.
    """
    signs = tuple(
        tuple(frozenset(group.split("|")) for group in without_yo(option).split())
        for option in words.options(key)
    )
    starts: dict[str, list[str]] = {}
    for start in sorted({start for sign in signs for group in sign for start in group}):
        starts.setdefault(start.removeprefix("=")[:1], []).append(start)
    return signs, starts
