"""What makes two renderings of a conversation the same.

Receipts are drawn by lot, so each counts by its place: the first that is mentioned, the second.
Of an extract's number it only counts that there is one: the core's player has one for all.
How long people wait for a representative the house knows by its own past, the player does not.

On the web a message is compared whole: text, small print, choices, document. A messenger may
part a text, lean the small print or shorten a label, so there a turn is compared as the words
read from top to bottom, the choices in order, and how many documents and pictures came.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dialogs.effects import Say, Speak
from dialogs.words import Words

_NUMBERS: Final = re.compile(r"\b\d{4}-\d{4}-\d\b")
_WAIT: Final = re.compile(r"Ждать примерно \d+ \w+\. |The wait is about \d+ \w+\. ")
_EXTRACT: Final = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


@dataclass
class Numbers:
    """Numbers drawn by lot, in the order in which they were first seen."""

    seen: list[str] = field(default_factory=list)

    def mask(self, text: str) -> str:
        """Put places for numbers."""

        def place(found: re.Match[str]) -> str:
            if found[0] not in self.seen:
                self.seen.append(found[0])
            return f"№{self.seen.index(found[0]) + 1}"

        return _NUMBERS.sub(place, _EXTRACT.sub("№", _WAIT.sub("", text)))

    def translate(self, text: str, into: "Numbers") -> str:
        """Say the same with the numbers of another telling."""
        return _NUMBERS.sub(
            lambda found: (
                into.seen[self.seen.index(found[0])] if found[0] in self.seen else found[0]
            ),
            text,
        )


@dataclass(frozen=True)
class Bubble:
    """A message as the web shows it."""

    text: str
    note: str
    choices: tuple[str, ...]
    document: str


@dataclass(frozen=True)
class Reading:
    """A turn as somebody reads it on a messenger."""

    words: str
    choices: tuple[str, ...]
    documents: int = 0
    pictures: int = 0


def bubbles(said: Iterable[Say | Speak], numbers: Numbers) -> list[Bubble]:
    """Say how the web has to show what was said."""
    return [
        Bubble(
            numbers.mask(one.text),
            numbers.mask(one.note),
            tuple(numbers.mask(button.label) for button in one.buttons),
            numbers.mask(one.document.replace(":", "-")),
        )
        for one in map(_as_say, said)
    ]


def reading(
    said: Iterable[Say | Speak],
    numbers: Numbers,
    words: Words | None = None,
    *,
    shares: bool = False,
    papers: bool = True,
) -> Reading:
    """Say how a turn has to read, where ``words`` name a representative above what they wrote.

    ``shares`` where a button shares the person's number, ``papers`` where documents are shown.
    """
    texts: list[str] = []
    choices: list[str] = []
    named = [one.document for one in map(_as_say, said) if one.document and papers]
    for one in said:
        if isinstance(one, Speak) and words:
            texts.append(words("messenger.representative.named", name=one.name))
        shown = _as_say(one)
        texts += [shown.text, shown.note]
        if shown.asks_phone and shares and words:
            choices.append(words("messenger.share_phone"))
        choices += [flowing([button.label]) for button in shown.buttons]
    return Reading(
        numbers.mask(flowing(texts)),
        tuple(map(numbers.mask, choices)),
        len(named),
        sum(name.startswith("extract:") for name in named),
    )


def _as_say(said: Say | Speak) -> Say:
    return Say(said.text) if isinstance(said, Speak) else said


def flowing(texts: Iterable[str]) -> str:
    """Join texts into one line of words."""
    return " ".join(" ".join(texts).split())
