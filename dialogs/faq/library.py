"""All topics in all languages, the facts under them, and the way to find one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.faq.facts import Fact, Source
from dialogs.faq.finding import Finding
from dialogs.faq.index import Index
from dialogs.faq.topic import Topic


@dataclass(frozen=True, slots=True)
class Answer:
    """What a topic says on a day.

    ``checked`` is the day on which the oldest of its facts was checked; ``sources`` are
    their names, each once, in the order of the text.
    """

    topic: Topic
    text: str
    checked: date
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Topics by language and id, with their facts, sources and index."""

    topics: Mapping[str, Mapping[str, Topic]]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    index: Index

    def find(self, text: str, language: str) -> Finding:
        """Say what a question is about."""
        return self.index.find(text, language)

    def topic(self, topic: str, language: str) -> Topic:
        """Get a topic that is known to exist."""
        return self.topics[language][topic]

    def answer(self, topic: str, language: str, day: date, values: Mapping[str, str]) -> Answer:
        """Say what a topic says on a day; ``values`` fill the placeholders."""
        found = self.topic(topic, language)
        blocks = found.blocks_on(day, self.facts)
        facts = [self.facts[fact] for block in blocks for fact in block.facts]
        sources = dict.fromkeys(source for fact in facts for source in fact.sources)
        return Answer(
            topic=found,
            text="\n\n".join(block.text for block in blocks).format_map(values),
            checked=min((fact.checked for fact in facts), default=day),
            sources=tuple(self.sources[source].names[language] for source in sources),
        )
