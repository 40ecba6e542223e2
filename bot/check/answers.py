"""Faults of topics: missing, different by language, silent, ambiguous, leading nowhere."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from bot.check.days import days_from
from bot.texts import placeholders
from dialogs.faq.facts import Fact
from dialogs.faq.topic import Topic
from dialogs.forms import FORMS

Topics: TypeAlias = Mapping[str, Mapping[str, Topic]]
Facts: TypeAlias = Mapping[str, Fact]

TOPICS = frozenset(
    [
        "loss",
        "relocation",
        "smo_change",
        "newborn",
        "data_update",
        "extract",
        "digital_policy",
        "documents_at_clinic",
        "erz",
        "old_policy",
        "electronic_card",
        "foreigner",
        "application_status",
        "refusal_complaint",
        "which_smo",
        "contacts",
        "appointment",
        "get_policy",
        "clinic_attachment",
        "coverage",
        "other_oms",
        "operator",
        "greeting_thanks",
    ]
)
LONGEST_BUTTON = 20  # characters; WhatsApp's reply buttons are the narrowest
LONGEST_TITLE = 72  # characters; the description of a row of WhatsApp's lists
LONGEST_ANSWER = 3600  # characters; MAX takes 4000, and the small print needs some
_PLACES = frozenset(
    [
        "insurer",
        "phone",
        "hours",
        "offices",
        "site",
        "email",
        "fund",
        "fund_phone",
        "year",
        "next_year",
        "today",
    ]
)


def faults(topics: Topics, facts: Facts, today: date) -> Iterator[str]:
    """List the faults of all topics."""
    yield from _missing(topics)
    yield from _different(topics)
    for by_id in topics.values():
        for topic in by_id.values():
            at = f"{topic.language}/faq/{topic.id}.md"
            for fault in (*_in_words(topic, by_id), *_in_force(topic, facts, today)):
                yield f"{at}: {fault}"


def _missing(topics: Topics) -> Iterator[str]:
    everywhere = {name for by_id in topics.values() for name in by_id}
    for language, by_id in topics.items():
        here = {name.partition(".")[0] for name in by_id}
        for name in sorted(TOPICS - here):
            yield f"{language}/faq/{name}.md: missing"
        for name in sorted(here - TOPICS):
            yield f"{language}/faq/{name}.md: no such topic is published"
        for name in sorted(everywhere - set(by_id)):
            yield f"{language}/faq/{name}.md: missing, though another language has it"


def _different(topics: Topics) -> Iterator[str]:
    (first, standard), *others = topics.items()
    for language, by_id in others:
        for name in sorted(set(standard) & set(by_id)):
            if _shape(standard[name]) != _shape(by_id[name]):
                yield (
                    f"{language}/faq/{name}.md: its form, related topics, facts or variants "
                    f"differ from those of {first}"
                )


def _shape(topic: Topic) -> tuple[object, ...]:
    blocks = [(block.slot, block.facts) for block in topic.blocks]
    return topic.form, topic.related, topic.human, blocks


def _in_words(topic: Topic, by_id: Mapping[str, Topic]) -> Iterator[str]:
    if len(topic.button) > LONGEST_BUTTON:
        yield f"button longer than {LONGEST_BUTTON} characters: {topic.button}"
    if len(topic.title) > LONGEST_TITLE:
        yield f"title longer than {LONGEST_TITLE} characters"
    if topic.form and topic.form not in FORMS:
        yield f"no such form: {topic.form}"
    for related in topic.related:
        if related not in by_id or related == topic.id:
            yield f"leads to no other topic: {related}"
    for block in topic.blocks:
        try:
            unknown = placeholders(block.text) - _PLACES
        except ValueError:
            yield f"braces do not match: {block.text[:40]}"
            continue
        for name in sorted(unknown):
            yield f"unknown placeholder: {{{name}}}"


def _in_force(topic: Topic, facts: Facts, today: date) -> Iterator[str]:
    """Find unknown facts, expired ones, slots with no variant or two, and silence."""
    unknown = {fact for block in topic.blocks for fact in block.facts} - set(facts)
    if unknown:
        yield from (f"no such fact: {fact}" for fact in sorted(unknown))
        return
    for block in topic.blocks:
        for name in block.facts:
            until = facts[name].until
            if until and until < today and not block.slot:
                yield f"rests on a fact that expired on {until}: {name}"
    slots = {block.slot for block in topic.blocks if block.slot}
    told: set[str] = set()
    for day in days_from(today):
        for fault, kind in _on_day(topic, facts, slots, day):
            if kind not in told:
                told.add(kind)
                yield fault


def _on_day(topic: Topic, facts: Facts, slots: set[str], day: date) -> Iterator[tuple[str, str]]:
    served = topic.blocks_on(day, facts)
    if not served:
        yield f"says nothing on {day}", "silent"
    if sum(len(block.text) for block in served) > LONGEST_ANSWER:
        yield f"longer than {LONGEST_ANSWER} characters on {day}", "long"
    for slot in sorted(slots):
        count = sum(block.slot == slot for block in served)
        if count != 1:
            yield f"{count} variants of «{slot}» are in force on {day}, not one", f"slot {slot}"
