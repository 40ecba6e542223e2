"""The real words and answers, with a clock that stands where a test puts it."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.assistant import Knowledge
from bot.texts import LANGUAGES, LOCALES, Catalogue, read_words
from dialogs.world import World
from tests.forms import FORMS, WORDS

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))


@cache
def knowledge() -> Knowledge:
    """Read everything once; nothing changes it."""
    return Knowledge.read(LOCALES / "demonstration" / "organisation.toml")


@cache
def _words() -> dict[str, Catalogue]:
    words = {}
    for language in LANGUAGES:
        real = read_words(language)
        texts = {**real.texts, **{key: (text,) for key, text in WORDS[language].items()}}
        words[language] = Catalogue(language, texts, real._plural)  # noqa: SLF001 — the same language
    return words


def world(now: datetime = NOON, forms=FORMS) -> World:
    """Make the world of one turn, with the tests' own forms beside the real answers."""
    real = knowledge().worlds()(now)
    return replace(real, words=_words(), forms=forms)
