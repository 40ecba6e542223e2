"""Faults of facts: without a name for their source, never used, against one another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from bot.check.answers import Facts, Topics
from bot.check.days import days_from
from bot.texts import LANGUAGES
from dialogs.faq.facts import Source


def faults(
    facts: Facts, sources: Mapping[str, Source], topics: Topics, today: date
) -> Iterator[str]:
    """List the faults of all facts; what cannot be read at all was refused by the reader."""
    used = {
        fact
        for by_id in topics.values()
        for topic in by_id.values()
        for block in topic.blocks
        for fact in block.facts
    }
    cited: set[str] = set()
    for name, fact in facts.items():
        cited.update(fact.sources)
        if name not in used:
            yield f"facts.toml: {name}: no answer rests on it"
        if fact.checked > today:
            yield f"facts.toml: {name}: checked on a day to come, {fact.checked}"
        if fact.until and fact.until < fact.since:
            yield f"facts.toml: {name}: ends before it begins"
        for cites in fact.sources:
            if cites not in sources:
                yield f"facts.toml: {name}: no such source: {cites}"
    for name, source in sources.items():
        if name not in cited:
            yield f"facts.toml: source {name}: no fact comes from it"
        for language in LANGUAGES:
            if not source.names.get(language):
                yield f"facts.toml: source {name}: no name in {language}"
    yield from _contradictions(facts, today)


def _contradictions(facts: Facts, today: date) -> Iterator[str]:
    stated = defaultdict(list)
    for fact in facts.values():
        for subject, value in fact.states.items():
            stated[subject].append((fact, value))
    for subject, claims in stated.items():
        for (one, here), (other, there) in combinations(claims, 2):
            if here == there:
                continue
            day = next((d for d in days_from(today) if one.holds_on(d) and other.holds_on(d)), None)
            if day:
                yield f"facts.toml: {one.id} and {other.id} disagree on {subject} on {day}"
