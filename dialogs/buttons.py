"""Buttons as a wire format: short ASCII codes that carry what they mean.

Codes stay under messages for ever, so they are a published format: letters are never
reused, and a code that means nothing any more decodes to None.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

LONGEST = 64  # bytes; Telegram's limit for callback data is the narrowest


@dataclass(frozen=True, slots=True)
class ToMenu:
    """Show the menu."""


@dataclass(frozen=True, slots=True)
class AllTopics:
    """Show a page of the list of all topics, counted from 1."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class ToTopic:
    """Answer a topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class Helpful:
    """Say whether the answer of a topic helped."""

    topic: str
    yes: bool


@dataclass(frozen=True, slots=True)
class NoneOfThese:
    """None of the suggested topics was meant."""


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Ask for a representative."""


@dataclass(frozen=True, slots=True)
class ToLanguage:
    """Go on in another language."""

    language: str


@dataclass(frozen=True, slots=True)
class Back:
    """Go to the question before."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Give up the open draft; the person is asked once more."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Repeat the open question."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a form, or go on with its draft."""

    form: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer a step of a draft with one of its choices."""

    form: str
    number: int
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Answer a step of a draft anew."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Leave an optional step of a draft out."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Why:
    """Ask why a step of a draft is asked."""

    form: str
    number: int
    step: str


@dataclass(frozen=True, slots=True)
class Submit:
    """File a draft."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Discard:
    """Give a draft up for good."""

    form: str
    number: int


OnStep: TypeAlias = Choose | Edit | Skip | Why
OnDraft: TypeAlias = OnStep | Submit | Discard
Meaning: TypeAlias = (
    ToMenu
    | AllTopics
    | ToTopic
    | Helpful
    | NoneOfThese
    | ToPerson
    | ToLanguage
    | Back
    | Cancel
    | GoOn
    | Begin
    | OnDraft
)

_PLAIN: dict[str, Meaning] = {
    "m": ToMenu(),
    "n": NoneOfThese(),
    "o": ToPerson(),
    "b": Back(),
    "x": Cancel(),
    "c": GoOn(),
}
_PLAIN_CODES = {type(meaning): code for code, meaning in _PLAIN.items()}
_STEP: dict[str, type[Edit | Skip | Why]] = {"e": Edit, "k": Skip, "w": Why}
_DRAFT: dict[str, type[Submit | Discard]] = {"s": Submit, "d": Discard}


def encode(meaning: Meaning) -> str:
    """Write a meaning as a code."""
    match meaning:
        case AllTopics(page):
            return f"p:{page}"
        case ToTopic(topic):
            return f"t:{topic}"
        case Helpful(topic, yes):
            return f"h:{topic}:{int(yes)}"
        case ToLanguage(language):
            return f"l:{language}"
        case Begin(form):
            return f"f:{form}"
        case Choose(form, number, step, value):
            return f"a:{form}:{number}:{step}:{value}"
        case Edit(form, number, step) | Skip(form, number, step) | Why(form, number, step):
            letter = next(key for key, kind in _STEP.items() if isinstance(meaning, kind))
            return f"{letter}:{form}:{number}:{step}"
        case Submit(form, number) | Discard(form, number):
            letter = next(key for key, kind in _DRAFT.items() if isinstance(meaning, kind))
            return f"{letter}:{form}:{number}"
        case _:
            return _PLAIN_CODES[type(meaning)]


def decode(
    code: str, topics: Collection[str], forms: Collection[str], languages: Collection[str]
) -> Meaning | None:
    """Read a code; None when it is forged or names what no longer exists."""
    match code.split(":"):
        case [letter] if letter in _PLAIN:
            return _PLAIN[letter]
        case ["p", page] if _is_number(page):
            return AllTopics(int(page))
        case ["t", topic] if topic in topics:
            return ToTopic(topic)
        case ["h", topic, ("0" | "1") as yes] if topic in topics:
            return Helpful(topic, yes == "1")
        case ["l", language] if language in languages:
            return ToLanguage(language)
        case ["f", form] if form in forms:
            return Begin(form)
        case ["a", form, number, step, value] if form in forms and _is_number(number):
            return Choose(form, int(number), step, value)
        case [letter, form, number, step] if form in forms and _is_number(number):
            return _STEP[letter](form, int(number), step) if letter in _STEP else None
        case [letter, form, number] if form in forms and _is_number(number):
            return _DRAFT[letter](form, int(number)) if letter in _DRAFT else None
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 — nobody fills in more drafts
