"""Faults of example phrases: none for a topic, for no topic, one phrase for two topics."""

from collections.abc import Iterator

from bot.check.answers import Topics
from bot.library import Phrases
from dialogs.reading import fold

_FEWEST = 3


def faults(topics: Topics, examples: Phrases, elsewhere: Phrases) -> Iterator[str]:
    """List the faults of all example phrases."""
    for language, by_id in topics.items():
        for name in sorted(set(examples[language]) - set(by_id)):
            yield f"{language}/faq/{name}.txt: there is no topic {name}"
        for name in sorted(set(by_id) - set(examples[language])):
            yield f"{language}/faq/{name}.txt: missing, so nobody's words lead to {name}"
        for name, lines in examples[language].items():
            if len(lines) < _FEWEST:
                yield f"{language}/faq/{name}.txt: fewer than {_FEWEST} examples"
        yield from _shared(language, examples, elsewhere)


def _shared(language: str, examples: Phrases, elsewhere: Phrases) -> Iterator[str]:
    seen: dict[str, str] = {}
    for folder, files in (("faq", examples[language]), ("elsewhere", elsewhere[language])):
        for name, lines in files.items():
            for line in lines:
                said = fold(line)
                other = seen.setdefault(said, f"{folder}/{name}")
                if other != f"{folder}/{name}":
                    yield f"{language}/{folder}/{name}.txt: «{line}» stands in {other}.txt too"
