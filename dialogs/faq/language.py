"""What a text says, as features that can be counted: stems, ideas and neighbours."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from snowballstemmer import stemmer

from dialogs.faq.spelling import Spelling

_WORD = re.compile(r"[a-zа-я]{1,40}|\d{1,40}")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_YEAR = re.compile(r"(19|20)\d\d")
_STEMMERS = {"ru": stemmer("russian"), "en": stemmer("english")}
_LONGEST = 4  # words in the longest saying, such as «разрешение на временное проживание»

# A story is read from both ends, where people say what they want; this bounds the time.
_HALF_STORY = 75

# How far a word counts as understood that only sounds like a known one, or nearly so.
_SOUNDS_ALIKE = 0.9
_NEARLY = 0.6


def split(text: str) -> list[str]:
    """Cut a text into lower-case words; a letter held down counts once."""
    return _WORD.findall(_STRETCHED.sub(r"\1", text.lower().replace("ё", "е")))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as one language reads it.

    ``strange`` are those of the words that are not known; of ``total`` letters so many
    are ``understood``, those of doubtful words counting for less.
    """

    words: tuple[str, ...]
    strange: frozenset[str]
    understood: float
    total: float

    @property
    def share(self) -> float:
        """The part of the letters that was understood, 0-1."""
        return self.understood / self.total if self.total else 0.0


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
            return words
        stems = tuple(self.stem(word) for word in words)
        if len(words) > 1:
            self._sayings[stems] = idea
        elif words:
            self._ideas[stems[0]] = (*self._ideas.get(stems[0], ()), idea)
        return words

    def learn(self, phrases: Iterable[Sequence[str]]) -> None:
        """Get to know the words of all phrases, so that misspelt ones can be found."""
        words = self._words.copy()
        for phrase in phrases:
            words.update(phrase)
        self._stems = {word: self.stem(word) for word in words}
        self._known = set(self._stems.values())
        self._spelling = Spelling(word for word, _ in words.most_common())

    def stem(self, word: str) -> str:
        """Take a word's ending off; years, and other numbers, count as one word each."""
        known = self._stems.get(word)
        if known is not None:
            return known
        if word.isdigit():
            return "#year" if _YEAR.fullmatch(word) else "#number"
        return str(self._stem(word))

    def read(self, text: str) -> Reading:
        """Recognise the words of a text as they stand or as they sound."""
        words: list[str] = []
        strange: list[str] = []
        understood = total = 0.0
        for word in _ends(split(text)):
            if word.isdigit():
                words.append(word)
                continue
            total += len(word)
            if self._knows(word):
                words.append(word)
                understood += len(word)
            elif (alike := self._spelling.homophone(word)) is not None:
                words.append(alike)
                understood += len(word) * _SOUNDS_ALIKE
            else:
                strange.append(word)
                words.append(word)
        return Reading(tuple(words), frozenset(strange), understood, total)

    def correct(self, reading: Reading) -> Reading:
        """Look for slips in the strange words; what stays strange is left out."""
        words: list[str] = []
        understood = reading.understood
        for word in reading.words:
            near = self._spelling.nearest(word) if word in reading.strange else word
            if near is not None:
                words.append(near)
                understood += len(word) * _NEARLY if word in reading.strange else 0
        return Reading(tuple(words), frozenset(), understood, reading.total)

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

    def features(self, words: Sequence[str]) -> set[str]:
        """Name everything in the words that speaks for one topic or another."""
        if not words:
            return set()
        found: set[str] = set()
        units = ["^"]
        for names in self._units([self.stem(word) for word in words], words):
            found.update(names)
            units.append(names[-1])
        units.append("$")
        found.update(f"{one} {two}" for one, two in pairwise(units))
        return found

    def _units(self, stems: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Go through the text: sayings as their idea, words as their stem and its ideas."""
        at = 0
        while at < len(stems):
            for end in range(min(at + _LONGEST, len(stems)), at + 1, -1):
                idea = self._sayings.get(tuple(stems[at:end]))
                if idea is not None:
                    yield (idea,)
                    at = end
                    break
            else:
                yield (stems[at], *self._ideas_of(words[at], stems[at]))
                at += 1


def stands_alone(feature: str) -> bool:
    """Tell a stem or an idea from a pair of neighbours."""
    return " " not in feature


def _ends(words: list[str]) -> list[str]:
    if len(words) <= 2 * _HALF_STORY:
        return words
    return words[:_HALF_STORY] + words[-_HALF_STORY:]
