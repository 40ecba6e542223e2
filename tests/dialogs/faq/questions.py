"""Questions people asked, labelled with the topics that answer them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.faq.finding import Finding, HalfSure, Sure
from dialogs.faq.index import Index

_TESTS = Path(__file__).parents[2]
_NOT_OURS = "out_of_scope"

# Sets that were there before the phrases, and sets that were written after them.
FIRST = ("dev", "own")
LATER = ("blind", "blind2")
SETS = FIRST + LATER


@dataclass(frozen=True)
class Question:
    """One row of a labelled set: its text, the language it was asked in, right topics."""

    text: str
    language: str
    right: frozenset[str]
    ours: bool


@dataclass(frozen=True)
class Tally:
    """Shares of a labelled set, 0-1."""

    named: float  # of ours: a right topic answered or offered
    answered: float  # of ours: answered outright
    wrong: float  # of ours: answered outright with a wrong topic
    strays: float  # of what is not ours: answered outright


def read(name: str) -> list[Question]:
    """Read a labelled set: ``dev`` was given, the others are told of in decision 0003."""
    with (_TESTS / f"questions.{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Question(
                row["text"],
                row["lang"],
                frozenset(filter(None, (row["intent"], *row["also"].split(",")))),
                row["intent"] != _NOT_OURS,
            )
            for row in rows
        ]


def tally(index: Index, questions: list[Question]) -> Tally:
    """Ask everything and count."""
    named = answered = wrong = strays = 0
    for question in questions:
        finding = index.find(question.text, question.language)
        outright = isinstance(finding, Sure)
        topics = [topic.partition(".")[0] for topic in _topics(finding)]
        right = any(topic in question.right for topic in topics or (_NOT_OURS,))
        missed = outright and topics[0] not in question.right
        named += question.ours and right
        answered += question.ours and outright
        wrong += question.ours and missed
        strays += not question.ours and missed
    ours = sum(question.ours for question in questions)
    rest = len(questions) - ours
    return Tally(named / ours, answered / ours, wrong / ours, strays / rest)


def _topics(finding: Finding) -> Iterator[str]:
    if isinstance(finding, Sure):
        yield finding.topic
        yield from finding.others
    elif isinstance(finding, HalfSure):
        yield from finding.topics
