"""First reading of what a person typed: commands, choices, signs of danger."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from dialogs.duties.meanings import Report, ToDeadlines, ToZones
from dialogs.effects import Button
from dialogs.identity_meanings import ToPeople, Want
from dialogs.meanings import (
    Back,
    Cancel,
    Meaning,
    ToApplications,
    ToLanguage,
    ToMenu,
    ToPerson,
    ToPhoto,
    WithdrawConsent,
)
from dialogs.move_meanings import MoveOn
from dialogs.notices.meanings import StopNotices, ToNotices
from dialogs.person_meanings import AskCallback, NotWait
from dialogs.plain import without_yo
from dialogs.words import Words

LONGEST = 4096  # characters; what the most generous messenger lets through

_COMMANDS: Mapping[str, Meaning] = {
    "command.menu": ToMenu(),
    "command.back": Back(),
    "command.cancel": Cancel(),
    "command.stop_notices": StopNotices(),
    "command.notices": ToNotices(),
    "command.person": ToPerson(),
    "command.applications": ToApplications(),
    "command.people": ToPeople(),
    "command.photo": ToPhoto(),
    "command.extract": Want("extract"),
    "command.number": Want("number"),
    "command.insurer": Want("insurer"),
    "command.validity": Want("validity"),
    "command.withdraw_consent": WithdrawConsent(),
    "command.not_wait": NotWait(),
    "command.callback": AskCallback(),
    "command.deadlines": ToDeadlines(),
    "command.report": Report(),
    "command.zone": ToZones(),
    "command.move": MoveOn("begin"),
}
_NOT_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Reduce a text to what matters when it is compared: words in lower case, ё as е."""
    return _NOT_WORDS.sub(" ", without_yo(text.casefold())).strip()


def is_wordless(text: str) -> bool:
    """Tell whether there is no letter and no digit in the text."""
    return not any(character.isalnum() for character in text)


def has_letters(text: str) -> bool:
    """Tell whether there is a letter in the text: numbers and dates alone ask nothing."""
    return any(character.isalpha() for character in text)


def has_picture(text: str) -> bool:
    """Tell whether the text holds an emoji or another symbol that pictures something."""
    return any(unicodedata.category(character) == "So" for character in text)


def command(text: str, languages: Mapping[str, Words]) -> Meaning | None:
    """Read a command; each is understood in every language at every moment."""
    said = fold(text)
    for words in languages.values():
        for key, meaning in _COMMANDS.items():
            if said in _folded(words.options(key)):
                return meaning
    for language, words in languages.items():
        if said in _folded(words.options("command.language")):
            return ToLanguage(language)
    return None


def is_one_of(text: str, key: str, languages: Mapping[str, Words]) -> bool:
    """Tell whether the text is one of the options of a key in any language."""
    said = fold(text)
    return any(said in _folded(words.options(key)) for words in languages.values())


def picked_by_label(text: str, offered: Iterable[Button]) -> Button | None:
    """Find the offered choice whose label, or the one label whose first words, this is."""
    said = fold(text)
    if not said:
        return None
    labels = {button: fold(button.label) for button in offered}
    for button, label in labels.items():
        if label == said:
            return button
    begun = [button for button, label in labels.items() if label.startswith(said + " ")]
    return begun[0] if len(begun) == 1 else None


def picked_by_number(text: str, offered: tuple[Button, ...]) -> Button | None:
    """Find the offered choice by its place, counted from 1."""
    said = text.strip().rstrip(".)")
    if is_number(said) and 0 < int(said) <= len(offered):
        return offered[int(said) - 1]
    return None


def is_number(text: str) -> bool:
    """Tell whether this looks like the number of a choice."""
    said = text.strip().rstrip(".)")
    return said.isascii() and said.isdigit() and len(said) < 3  # noqa: PLR2004 — no list is so long


def sounds_like(key: str, text: str, languages: Mapping[str, Words]) -> bool:
    """Tell whether the words of some sign under a key all occur, in any inflection."""
    said = fold(text).split()
    return any(
        all(any(word.startswith(start) for word in said) for start in sign)
        for words in languages.values()
        for sign in _signs(words.options(key))
    )


@lru_cache(maxsize=64)
def _folded(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, options))


@lru_cache(maxsize=16)
def _signs(options: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(option).split()) for option in options)
