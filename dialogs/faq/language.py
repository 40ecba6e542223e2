"""What a text says, as features that can be counted: stems, ideas and neighbours."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.faq.spelling import Spelling
from dialogs.plain import without_yo
from dialogs.stems import stemmer_of

_WORD = re.compile(r"[a-zа-я]{1,40}|\d{1,40}")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_YEAR = re.compile(r"(19|20)\d\d")

_IDENTIFIER = 5  # digits; so long a number names somebody and says nothing of the matter

# A story is read from both ends, where people say what they want; this bounds the time.
_HALF_STORY = 75

# So many words are a short question, which counts as a whole too: an example is to be
# recognised when somebody says just that, in whatever order.
_SHORT = range(2, 6)

# How far a word counts as understood that only sounds like a known one, or nearly so.
_SOUNDS_ALIKE = 0.9
_NEARLY = 0.6


def split(text: str) -> list[str]:
    """Cut a text into lower-case words; a letter held down counts once."""
    return _WORD.findall(_STRETCHED.sub(r"\1", without_yo(text.lower())))


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
        self._stem = stemmer_of(name)
        self._words: Counter[str] = Counter()
        # What each known word is called among the features: its stem, then its ideas.
        self._names: dict[str, tuple[str, ...]] = {}
        self._known: set[str] = set()
        self._ideas: dict[str, tuple[str, ...]] = {}
        self._beginnings: dict[str, str] = {}
        # Ideas of several words by the first of their stems, longest first.
        self._sayings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._spelling = Spelling(())
        for line in ideas:
            idea, _, variants = line.partition(":")
            for variant in variants.split(","):
                self._learn_idea("@" + idea.strip(), variant.strip())
        for sayings in self._sayings.values():
            sayings.sort(key=lambda saying: -len(saying[0]))

    def _learn_idea(self, idea: str, variant: str) -> None:
        words = split(variant)
        self._words.update(words)
        stems = tuple(self._stem_of(word) for word in words)
        if variant.endswith("*"):
            self._beginnings[words[0]] = idea
        elif len(words) > 1:
            self._sayings.setdefault(stems[0], []).append((stems, idea))
        elif words:
            self._ideas[stems[0]] = (*self._ideas.get(stems[0], ()), idea)

    def learn(self, phrases: Iterable[Sequence[str]]) -> None:
        """Get to know the words of all phrases, so that misspelt ones can be found."""
        words = self._words.copy()
        for phrase in phrases:
            words.update(phrase)
        self._names = {word: self._name(word) for word in words}
        self._known = {names[0] for names in self._names.values()}
        self._spelling = Spelling(word for word, _ in words.most_common())

    def _stem_of(self, word: str) -> str:
        """Take a word's ending off; years, and other numbers, count as one word each."""
        if word.isdigit():
            return "#year" if _YEAR.fullmatch(word) else "#number"
        return self._stem(word)

    def _name(self, word: str) -> tuple[str, ...]:
        stem = self._stem_of(word)
        for end in range(len(word), 1, -1):
            if word[:end] in self._beginnings:
                return (stem, *self._ideas.get(stem, ()), self._beginnings[word[:end]])
        return (stem, *self._ideas.get(stem, ()))

    def read(self, text: str) -> Reading:
        """Recognise the words of a text as they stand or as they sound."""
        words: list[str] = []
        strange: list[str] = []
        understood = total = 0.0
        for word in _ends(split(text)):
            if word.isdigit():
                if len(word) < _IDENTIFIER:
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
        if word in self._names:
            return True
        stem, *ideas = self._name(word)
        return bool(ideas) or stem in self._known

    def features(self, words: Sequence[str]) -> set[str]:
        """Name everything in the words that speaks for one topic or another."""
        if not words:
            return set()
        found: set[str] = set()
        units = ["^"]
        for names in self._units([self._names.get(word) or self._name(word) for word in words]):
            found.update(names)
            units.append(names[-1])
        if len(words) in _SHORT:
            found.add(" ".join(sorted(units)))
        units.append("$")
        found.update(f"{one} {two}" for one, two in pairwise(units))
        return found

    def _units(self, named: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Go through the text: a saying is its idea alone, a word its stem and its ideas."""
        stems = tuple(names[0] for names in named)
        at = 0
        while at < len(stems):
            for saying, idea in self._sayings.get(stems[at], ()):
                if stems[at : at + len(saying)] == saying:
                    yield (idea,)
                    at += len(saying)
                    break
            else:
                yield named[at]
                at += 1


def stands_alone(feature: str) -> bool:
    """Tell a stem or an idea from a pair of neighbours."""
    return " " not in feature


def _ends(words: list[str]) -> list[str]:
    if len(words) <= 2 * _HALF_STORY:
        return words
    return words[:_HALF_STORY] + words[-_HALF_STORY:]
