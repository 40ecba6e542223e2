"""Faults of the `.po` files: keys missing, unused, unlike in their blanks, labels too long."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from bot.check import desk_words, form_words
from bot.check.answers import LONGEST_BUTTON
from bot.library import Phrases
from bot.texts import Catalogue, placeholders
from dialogs.buttons import PARTS_OF_DAY, REMINDERS
from dialogs.incoming import Kind
from dialogs.lifecycle import MOVES
from dialogs.talk import OUTCOMES
from dialogs.talk import Kind as TalkKind

_CODE = Path(__file__).parent.parent.parent
_KEY = re.compile(r"[a-z][a-z_]*(\.[a-z0-9_]+)+|[a-z][a-z_]*")
_TEMPLATE_KEY = re.compile(r"""["']([a-z][a-z_]*(?:\.[a-z0-9_]+)+)["']""")


def faults(words: Mapping[str, Catalogue], elsewhere: Phrases) -> Iterator[str]:
    """List the faults of all texts by key."""
    everywhere = {key for catalogue in words.values() for key in catalogue.texts}
    computed = {*computed_keys(elsewhere), *form_words.required(everywhere)}
    named = {*named_keys(), *form_words.allowed()}
    named |= {f"problem.{name}" for name in named}  # ids of refusals that code passes on
    for language, catalogue in words.items():
        at = f"{language}/LC_MESSAGES"
        for key in sorted((everywhere | computed) - set(catalogue.texts)):
            yield f"{at}: missing: {key}"
        for key in sorted(set(catalogue.texts) - named - computed):
            if not key.startswith(tuple(f"{prefix}." for prefix in _families(named))):
                yield f"{at}: unused: {key}"
        for key, forms in catalogue.texts.items():
            yield from (f"{at}: {key}: {fault}" for fault in _text_faults(key, forms))
    yield from _unlike(words)


def computed_keys(elsewhere: Phrases) -> Iterator[str]:
    """Compute the keys that follow from ids: of forms, of kinds of matters and messages."""
    for kind in {kind for kinds in elsewhere.values() for kind in kinds}:
        yield f"elsewhere.{kind}"
    for kind in get_args(Kind):
        yield f"unreadable.{kind}"
        yield f"history.{kind}"
    yield from desk_words.required()
    for state in MOVES:
        yield f"state.{state}"
        yield f"application.{state}"
    for part in PARTS_OF_DAY:
        yield f"takeover.part.{part}"
    for kind in get_args(TalkKind):
        yield f"event.queued.{kind}"
    for outcome in OUTCOMES:
        yield f"outcome.{outcome}"
    for name in REMINDERS:
        yield f"{name}.promised"
        yield f"button.remind.{name}"


def named_keys() -> Iterator[str]:
    """Find every literal of the code and the pages that has the shape of a key."""
    for package in ("bot", "dialogs"):
        for file in (_CODE / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    if _KEY.fullmatch(node.value):
                        yield node.value
                elif isinstance(node, ast.JoinedStr):
                    yield from _beginning(node)
        for pattern in ("*.j2", "*.js"):
            for file in (_CODE / package).rglob(pattern):
                yield from _TEMPLATE_KEY.findall(file.read_text("utf-8"))


def _beginning(node: ast.JoinedStr) -> Iterator[str]:
    """Take «web.problem.» of f"web.problem.{error}": all keys of that family count as used."""
    match node.values[0]:
        case ast.Constant(value=str(start)) if re.fullmatch(r"([a-z_]+\.)+", start):
            yield start


def _families(named: set[str]) -> tuple[str, ...]:
    return tuple(key.rstrip(".") for key in named if key.endswith("."))


def _text_faults(key: str, forms: tuple[str, ...]) -> Iterator[str]:
    if not all(forms):
        yield "empty"
    is_choice = ".choice." in key and not key.endswith(".options")
    is_label = is_choice or key.startswith("button.") or key.endswith((".begin", ".resume"))
    for text in forms:
        try:
            blanks = placeholders(text)
        except ValueError:
            yield "braces do not match"
            continue
        if is_label and not blanks and len(text) > LONGEST_BUTTON:
            yield f"longer than {LONGEST_BUTTON} characters: {text}"


def _unlike(words: Mapping[str, Catalogue]) -> Iterator[str]:
    (first, standard), *others = words.items()
    for language, catalogue in others:
        for key in sorted(set(standard.texts) & set(catalogue.texts)):
            here, there = (_blanks(texts[key]) for texts in (catalogue.texts, standard.texts))
            if here != there:
                yield f"{language}/LC_MESSAGES: {key}: its placeholders are not those of {first}"


def _blanks(forms: tuple[str, ...]) -> set[str]:
    try:
        return {name for text in forms for name in placeholders(text)}
    except ValueError:
        return set()
