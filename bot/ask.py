"""`python -m bot ask`: what the assistant would make of each line of its input."""

from collections.abc import Iterable, Iterator

import msgspec

from bot.library import read_index
from dialogs.faq.finding import Elsewhere, Finding, HalfSure, Sure, Unsure
from dialogs.faq.index import Index


def ask(lines: Iterable[str], language: str) -> Iterator[str]:
    """Answer each text with one line of JSON."""
    index = read_index()
    for line in lines:
        yield judge(index, line.rstrip("\r\n"), language)


def judge(index: Index, text: str, language: str) -> str:
    """Say as JSON which topic a text gets, or which it would be offered."""
    finding = index.find(text, language)
    answer, suggestions = _outcome(finding)
    report = {
        "text": text,
        "answer": answer,
        "score": round(finding.score, 3),
        "suggestions": suggestions,
    }
    return msgspec.json.encode(report).decode()


def _outcome(finding: Finding) -> tuple[str | None, list[str]]:
    match finding:
        case Sure(topic=topic, others=others):
            answer = published(topic)
            return answer, [other for other in _published(others) if other != answer]
        case HalfSure(topics=topics):
            return None, _published(topics)
        case Elsewhere() | Unsure():
            return None, []


def published(topic: str) -> str:
    """Return the published id of a topic, of which this may be a finer article."""
    return topic.partition(".")[0]


def _published(topics: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(published, topics)))
