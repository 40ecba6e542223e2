"""A question as a field sees it: the real words, and a day that stands still."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.texts import read_words
from dialogs.fields import Asking, Field, Reading
from dialogs.incoming import Said

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))

words = cache(read_words)


def asking(language="ru", now=NOW, **answers) -> Asking:
    """Make what a field may know; ``answers`` are those given before."""
    return Asking("test.step", words(language), now, answers=answers)


def read(field: Field, text: str, language="ru", now=NOW, **answers) -> Reading:
    """Let a field read what a person typed."""
    return field.read(Said(text), asking(language, now, **answers))
