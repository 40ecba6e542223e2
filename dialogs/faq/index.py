"""Which topic a person means: example phrases in, a finding out."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

from snowballstemmer import stemmer

from dialogs.faq.finding import Elsewhere, Finding, HalfSure, Sure, Unsure

Phrases = Mapping[str, Mapping[str, Sequence[str]]]

_STEMMERS = {"ru": stemmer("russian"), "en": stemmer("english")}


class Index:
    """Example phrases of every language, arranged to be asked which of them a text is like."""

    def __init__(self, tables: dict[str, dict[str, dict[tuple[str, str], float]]]) -> None:
        self._tables = tables

    @classmethod
    def build(cls, phrases: Phrases, elsewhere: Phrases, words: Phrases) -> "Index":
        """Learn from language → topic id (or kind that is not ours) → example phrases."""
        tables: dict[str, dict[str, dict[tuple[str, str], float]]] = {}
        for language in phrases:
            counts: dict[str, dict[tuple[str, str], float]] = defaultdict(
                lambda: defaultdict(float)
            )
            labelled = [(("topic", k), v) for k, v in phrases[language].items()]
            labelled += [(("elsewhere", k), v) for k, v in elsewhere.get(language, {}).items()]
            for label, examples in labelled:
                for example in examples:
                    for stem in _stems(example, language):
                        counts[stem][label] += 1 / len(examples)
            for row in counts.values():
                whole = sqrt(sum(value * value for value in row.values()))
                idf = log(1 + len(labelled) / len(row))
                for label in row:
                    row[label] *= idf / whole
            tables[language] = {stem: dict(row) for stem, row in counts.items()}
        return cls(tables)

    def find(self, text: str, language: str) -> Finding:
        """Say what the text is about; ``language`` is the session's."""
        table = self._tables.get(language, {})
        stems = _stems(text, language)
        scores: dict[tuple[str, str], float] = defaultdict(float)
        for stem in stems:
            for label, value in table.get(stem, {}).items():
                scores[label] += value
        ranked = sorted(scores, key=lambda label: -scores[label])
        if not ranked:
            return Unsure()
        best = ranked[0]
        share = scores[best] / sum(scores.values())
        if best[0] == "elsewhere":
            return Elsewhere(best[1], share, language)
        topics = tuple(name for kind, name in ranked[:3] if kind == "topic")
        if share > 0.3:  # noqa: PLR2004
            return Sure(best[1], share, language, topics[1:])
        return HalfSure(topics, share, language)


def _stems(text: str, language: str) -> list[str]:
    stem = _STEMMERS[language].stemWord
    return [stem(word) for word in re.findall(r"\w+", text.lower().replace("ё", "е"))]
