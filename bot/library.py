"""Reading the topics, facts and example phrases of `locales/` into one library."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec

from bot.texts import LANGUAGES, LOCALES
from dialogs.faq.facts import Fact, Season, Source
from dialogs.faq.index import Index
from dialogs.faq.library import Library
from dialogs.faq.topic import BadTopic, Topic, parse

Phrases = Mapping[str, Mapping[str, tuple[str, ...]]]


class BadLibrary(ValueError):
    """Files of answers that cannot be read; the message is for their editor."""


class _FactEntry(msgspec.Struct, forbid_unknown_fields=True):
    sources: Annotated[list[str], msgspec.Meta(min_length=1)]
    checked: date
    since: date
    until: date | None = None
    season: Annotated[str, msgspec.Meta(pattern=r"^\d\d-\d\d\.\.\d\d-\d\d$")] = ""
    states: dict[str, str] = msgspec.field(default_factory=dict)


class _FactFile(msgspec.Struct, forbid_unknown_fields=True):
    sources: dict[str, dict[str, str]]
    facts: dict[str, _FactEntry]


def read_library(locales: Path = LOCALES) -> Library:
    """Read everything that answers are made of; raises `BadLibrary`."""
    sources, facts = read_facts(locales)
    return Library(
        topics={language: read_topics(language, locales) for language in LANGUAGES},
        facts=facts,
        sources=sources,
        index=read_index(locales),
    )


def read_index(locales: Path = LOCALES) -> Index:
    """Read the example phrases into an index."""
    return Index.build(
        phrases=read_phrases("faq", locales),
        elsewhere=read_phrases("elsewhere", locales),
        words=read_phrases("words", locales),
    )


def read_facts(locales: Path = LOCALES) -> tuple[dict[str, Source], dict[str, Fact]]:
    """Read `facts.toml`; raises `BadLibrary`."""
    try:
        read = msgspec.toml.decode((locales / "facts.toml").read_bytes(), type=_FactFile)
    except (msgspec.DecodeError, OSError) as error:
        raise BadLibrary(f"facts.toml: {error}") from error
    sources = {name: Source(name, names) for name, names in read.sources.items()}
    return sources, {name: _fact(name, entry) for name, entry in read.facts.items()}


def read_topics(language: str, locales: Path = LOCALES) -> dict[str, Topic]:
    """Read the topics of a language by id; raises `BadLibrary`."""
    files = sorted((locales / language / "faq").glob("*.md"))
    try:
        return {file.stem: parse(file.stem, language, file.read_text("utf-8")) for file in files}
    except (BadTopic, OSError, UnicodeDecodeError) as error:
        raise BadLibrary(str(error)) from error


def read_phrases(folder: str, locales: Path = LOCALES) -> Phrases:
    """Read one example a line, by language and file; lines that begin with # are comments."""
    return {
        language: {
            file.stem: _lines(file) for file in sorted((locales / language / folder).glob("*.txt"))
        }
        for language in LANGUAGES
    }


def _lines(file: Path) -> tuple[str, ...]:
    lines = map(str.strip, file.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _fact(name: str, entry: _FactEntry) -> Fact:
    return Fact(
        id=name,
        sources=tuple(entry.sources),
        checked=entry.checked,
        since=entry.since,
        until=entry.until,
        season=_season(name, entry.season) if entry.season else None,
        states=entry.states,
    )


def _season(name: str, text: str) -> Season:
    first, _, last = text.partition("..")
    try:
        days = [date.fromisoformat(f"2024-{day}") for day in (first, last)]
    except ValueError as error:
        raise BadLibrary(f"facts.toml: {name}: no such days: {text}") from error
    return Season(*((day.month, day.day) for day in days))
