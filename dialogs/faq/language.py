"""What a text says, as features that can be counted: stems, ideas and neighbours."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from snowballstemmer import stemmer

from dialogs.faq.spelling import Spelling

_WORD = re.compile(r"[a-zа-я]+|\d+")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_YEAR = re.compile(r"(19|20)\d\d")
_STEMMERS = {"ru": stemmer("russian"), "en": stemmer("english")}
_LONGEST = 4  # words in the longest saying, such as «на временное проживание»
_GRAM = 4  # letters in a piece of a word


def split(text: str) -> list[str]:
    """Cut a text into lower-case words; a letter held down counts once."""
    return _WORD.findall(_STRETCHED.sub(r"\1", text.lower().replace("ё", "е")))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as one language reads it.

    ``words`` are known words, misspelt ones corrected; ``strange`` are those that could
    not be; ``share`` of the letters, 0-1, belongs to words that were understood.
    """

    words: tuple[str, ...]
    strange: tuple[str, ...]
    share: float


class Language:
    """One language: its stems, its ideas that are said in many words, the words it knows."""

    def __init__(self, name: str, ideas: Iterable[str]) -> None:
        """Read ideas from lines ``idea: word, beginning*, several words``."""
        self.name = name
        self._stem = _STEMMERS[name].stemWord
        self._stems: dict[str, str] = {}
        self._known: set[str] = set()
        self._ideas: dict[str, tuple[str, ...]] = {}
        self._beginnings: dict[str, str] = {}
        self._sayings: dict[tuple[str, ...], str] = {}
        self._spelling = Spelling(())
        words: Counter[str] = Counter()
        for line in ideas:
            idea, _, variants = line.partition(":")
            for variant in variants.split(","):
                words.update(self._learn_idea("@" + idea.strip(), variant.strip()))
        self._words = words

    def _learn_idea(self, idea: str, variant: str) -> list[str]:
        words = split(variant)
        if variant.endswith("*"):
            self._beginnings[words[0]] = idea
            return []
        stems = tuple(self.stem(word) for word in words)
        if len(words) > 1:
            self._sayings[stems] = idea
        elif words:
            self._ideas[stems[0]] = (*self._ideas.get(stems[0], ()), idea)
        return words

    def learn(self, phrases: Iterable[Sequence[str]]) -> None:
        """Get to know the words of the phrases, so that misspelt ones can be found."""
        for words in phrases:
            self._words.update(words)
        self._stems = {word: self.stem(word) for word in self._words}
        self._known = set(self._stems.values())
        self._spelling = Spelling(word for word, _ in self._words.most_common())

    def stem(self, word: str) -> str:
        """Take a word's ending off; years, and other numbers, count as one word each."""
        known = self._stems.get(word)
        if known is not None:
            return known
        if word.isdigit():
            return "#year" if _YEAR.fullmatch(word) else "#number"
        return str(self._stem(word))

    def read(self, text: str) -> Reading:
        """Recognise the words of a text, correcting those that are not known."""
        words: list[str] = []
        strange: list[str] = []
        understood = total = 0.0
        for word in split(text):
            total += len(word)
            if self._knows(word):
                words.append(word)
                understood += len(word)
            elif (near := self._spelling.nearest(word)) is not None:
                words.append(near)
                understood += len(word) * 0.7
            else:
                strange.append(word)
        return Reading(tuple(words), tuple(strange), understood / total if total else 0.0)

    def _knows(self, word: str) -> bool:
        return (
            word in self._stems
            or self.stem(word) in self._known
            or any(word[:end] in self._beginnings for end in range(2, len(word) + 1))
        )

    def _ideas_of(self, word: str, stem: str) -> tuple[str, ...]:
        for end in range(len(word), 1, -1):
            if word[:end] in self._beginnings:
                return (*self._ideas.get(stem, ()), self._beginnings[word[:end]])
        return self._ideas.get(stem, ())

    def features(self, words: Sequence[str], strange: Sequence[str]) -> set[str]:
        """Name everything in the words that speaks for one topic or another."""
        stems = [self.stem(word) for word in words]
        found = set(stems)
        units: list[str] = []
        for word, stem in zip(words, stems, strict=True):
            ideas = self._ideas_of(word, stem)
            found.update(ideas)
            units.append(ideas[0] if ideas else stem)
        for at, idea in self._said(stems):
            found.add(idea)
            units[at] = idea
        ends = ["^", *units, "$"]
        found.update(f"{one} {two}" for one, two in pairwise(ends))
        for word in strange:
            found.update(grams(word))
        return found

    def _said(self, stems: Sequence[str]) -> Iterator[tuple[int, str]]:
        for start in range(len(stems) - 1):
            for end in range(start + 2, min(start + _LONGEST, len(stems)) + 1):
                idea = self._sayings.get(tuple(stems[start:end]))
                if idea is not None:
                    yield start, idea


def grams(word: str) -> Iterator[str]:
    """Cut a word into overlapping pieces, by which unknown relatives of it are recognised."""
    padded = f"<{word}>"
    for start in range(len(padded) - _GRAM + 1):
        yield "~" + padded[start : start + _GRAM]
