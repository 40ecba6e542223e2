"""Which topic a person means: example phrases in, a finding out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dialogs.faq.finding import Elsewhere, Finding, HalfSure, Sure, Unsure
from dialogs.faq.keyboard import as_english, as_russian
from dialogs.faq.language import Language, Reading, split, stands_alone
from dialogs.faq.weights import Weights

Phrases = Mapping[str, Mapping[str, Sequence[str]]]

# Read off a measured curve: docs/decisions/0003-understanding.md.
_SURE = 0.80  # the least chance to answer outright
_DOUBT = 0.10  # the greatest chance of its being not ours that still allows an answer
_ELSEWHERE = 0.70  # the least chance to call it not ours, of all kinds together
_ONE_KIND = 0.40  # and of one kind alone: many faint ones together mean nothing
_OFFERED = 0.01  # the least chance to be offered among several or beside an answer
_DARING = 0.10  # the least chance to be offered when it is probably not ours
_UNDERSTOOD = 0.5  # the least share of letters understood to answer outright
_MOST_OFFERED = 3
_A_WORD = 2  # letters; fewer say nothing

# A reading that supposes a wrong keyboard or alphabet has to explain this much more.
_DETOUR = 0.2
_PLAIN = 0.8  # a reading that explains so much needs no rival

_FOREIGN = "~"  # begins a class that is not a topic
_GIBBERISH = "gibberish"  # the kind a key held down belongs to, without any example
_HELD_KEY = re.compile(r"\s*([^\W\d_])\1{2,}\W*", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


class Index:
    """Example phrases of every language, to be asked which of them a text is like."""

    def __init__(self, tongues: Mapping[str, "Tongue"]) -> None:
        self._tongues = tongues

    @classmethod
    def build(cls, phrases: Phrases, elsewhere: Phrases, words: Phrases) -> "Index":
        """Learn from examples: language → topic id, or kind of what is not ours → phrases.

        A finer topic (``coverage.teeth``) belongs to the topic before its first dot.
        ``words`` holds lists of ideas, see `Language`.
        """
        return cls(
            {
                language: Tongue(
                    Language(language, _all(words.get(language, {}))),
                    phrases[language],
                    elsewhere.get(language, {}),
                )
                for language in phrases
            }
        )

    def find(self, text: str, language: str) -> Finding:
        """Say what the text is about; ``language`` is the session's, a hint only."""
        if _HELD_KEY.fullmatch(text):
            return Elsewhere(_GIBBERISH, 1.0, language)
        spoken, reading = self._read(text, language)
        tongue = self._tongues[spoken]
        return tongue.find(tongue.language.correct(reading))

    def _read(self, text: str, language: str) -> tuple[str, Reading]:
        """Choose the language and alphabet in which the text makes the most sense."""
        best: tuple[float, str, Reading] | None = None
        for detour, spoken, typed in _possible(text, language):
            if spoken not in self._tongues:
                continue
            reading = self._tongues[spoken].language.read(typed)
            sense = reading.share - detour
            if best is None or sense > best[0]:
                best = sense, spoken, reading
            if sense >= _PLAIN:
                break
        if best is None:
            return language, self._tongues[language].language.read(text)
        return best[1:]


class Tongue:
    """What is known in one language: its words, its topics, what is not ours."""

    def __init__(
        self,
        language: Language,
        phrases: Mapping[str, Sequence[str]],
        elsewhere: Mapping[str, Sequence[str]],
    ) -> None:
        """Learn the words, then how topics differ, then how articles of a topic differ."""
        self.language = language
        examples = {**phrases, **{_FOREIGN + name: lines for name, lines in elsewhere.items()}}
        language.learn(split(line) for lines in examples.values() for line in lines)
        topics: dict[str, dict[str, Sequence[str]]] = {}
        for name, lines in examples.items():
            topics.setdefault(_topic(name), {})[name] = lines
        self._topics = self._weigh(
            (topic, line)
            for topic, articles in topics.items()
            for lines in articles.values()
            for line in lines
        )
        self._articles = {
            topic: self._weigh((name, line) for name, lines in articles.items() for line in lines)
            for topic, articles in topics.items()
            if articles.keys() != {topic}
        }

    def _weigh(self, examples: Iterable[tuple[str, str]]) -> Weights:
        return Weights(
            ((name, self.language.features(split(line))) for name, line in examples),
            missed=stands_alone,
        )

    def find(self, reading: Reading) -> Finding:
        """Decide what a text that was read is about."""
        if not reading.understood or reading.total < _A_WORD:
            return Unsure()
        features = self.language.features(reading.words)
        chances = self._topics.chances(features)
        best, chance = next(iter(chances.items()))
        elsewhere = sum(value for name, value in chances.items() if name.startswith(_FOREIGN))
        if best.startswith(_FOREIGN) and chance >= _ONE_KIND and elsewhere >= _ELSEWHERE:
            return Elsewhere(best.removeprefix(_FOREIGN), elsewhere, self.language.name)
        topics = {name: value for name, value in chances.items() if not name.startswith(_FOREIGN)}
        least = _DARING if elsewhere >= _ELSEWHERE else _OFFERED
        offered = self._articles_of(_at_least(least, topics), features)
        if chance >= _SURE and elsewhere <= _DOUBT and reading.share >= _UNDERSTOOD:
            return Sure(offered[0], chance, self.language.name, offered[1:])
        return HalfSure(offered, chance, self.language.name) if offered else Unsure(chance)

    def _articles_of(self, topics: Iterable[str], features: set[str]) -> tuple[str, ...]:
        return tuple(self._article(topic, features) for topic in topics)

    def _article(self, topic: str, features: set[str]) -> str:
        """Pick the article of the topic whose phrases fit best."""
        finer = self._articles.get(topic)
        return next(iter(finer.chances(features)), topic) if finer else topic


def _at_least(chance: float, topics: Mapping[str, float]) -> Iterator[str]:
    likely = (name for name, value in topics.items() if value >= chance)
    return (name for name, _ in zip(likely, range(_MOST_OFFERED), strict=False))


def _topic(article: str) -> str:
    return article.partition(".")[0]


def _all(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (line for lines in lists.values() for line in lines)


def _possible(text: str, language: str) -> Iterator[tuple[float, str, str]]:
    """List the ways to read a text: how far-fetched, in which language, as which letters."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        yield 0.0, language, text
    elif cyrillic >= latin:
        yield 0.0, "ru", text
        yield _DETOUR, "en", as_english(text)
    else:
        yield 0.0, "en", text
        yield _DETOUR, "ru", as_russian(text)
        yield _DETOUR, "ru", text
