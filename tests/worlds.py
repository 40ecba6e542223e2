"""The real words and answers, with a clock that stands where a test puts it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.assistant import Knowledge
from bot.texts import LANGUAGES, LOCALES, Catalogue, read_words
from dialogs import forms as real
from dialogs.lifecycle import Application
from dialogs.world import World
from tests.forms import FORMS, WORDS

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
ALL_FORMS = {**real.FORMS, **FORMS}


@cache
def knowledge() -> Knowledge:
    """Read everything once; nothing changes it."""
    return Knowledge.read(LOCALES / "demonstration" / "organisation.toml")


@cache
def _words() -> dict[str, Catalogue]:
    words = {}
    for language in LANGUAGES:
        spoken = read_words(language)
        texts = {**spoken.texts, **{key: (text,) for key, text in WORDS[language].items()}}
        words[language] = Catalogue(language, texts, spoken._plural)  # noqa: SLF001 — the same language
    return words


def world(now: datetime = NOON, forms=FORMS, applications: Iterable[Application] = ()) -> World:
    """Make the world of one turn: the real answers, and by default the tests' own forms."""
    known = knowledge().worlds()(now)
    return replace(known, words=_words(), forms=forms, applications=tuple(applications))
