"""`python -m bot check`: whether the words, answers and facts are whole and in force."""

from datetime import date
from pathlib import Path

from bot.assistant import utc_now
from bot.check import answers, facts, phrases, words
from bot.library import read_facts, read_phrases, read_topics
from bot.organisation import read_organisation
from bot.texts import LANGUAGES, LOCALES, read_words


def check(today: date | None = None, locales: Path = LOCALES) -> list[str]:
    """List every fault as one line for an editor; raises what the readers raise."""
    today = today or utc_now().date()
    topics = {language: read_topics(language, locales) for language in LANGUAGES}
    sources, known = read_facts(locales)
    read_organisation(locales / "demonstration" / "organisation.toml")
    examples, elsewhere = read_phrases("faq", locales), read_phrases("elsewhere", locales)
    catalogues = {language: read_words(language, locales) for language in LANGUAGES}
    return [
        *answers.faults(topics, known, today),
        *facts.faults(known, sources, topics, today),
        *phrases.faults(topics, examples, elsewhere),
        *words.faults(catalogues, elsewhere),
    ]
