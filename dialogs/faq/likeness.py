"""Which questions ask the same: for whoever reads what people asked in vain."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from dialogs.faq.language import split
from dialogs.stems import STEMMED, stemmer_of

_STEMMERS: Final = {language: stemmer_of(language) for language in STEMMED}
_LIKE: Final = 0.5
"""The least share that common words must have in the weight of two questions together."""

_ROOT: Final = 5  # letters of a stem

_A_WORD: Final = 2  # letters; shorter ones bind other words and say nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, by its number."""

    number: int
    language: str
    text: str = field(repr=False)


def grouped(questions: Sequence[Asked]) -> list[list[int]]:
    """Put together the numbers of questions that ask the same, in the order given.

    A question joins the group whose first one is most like it: a word
    weighs the more the fewer questions have it. A
    question without a word of its own joins those with the very same letters.
    """
    gists = {one.number: _gist(one) for one in questions}
    weights = _weights(gists)
    whole = {number: sum(weights[word] for word in gist) for number, gist in gists.items()}
    groups: list[list[int]] = []
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for one in questions:
        common: defaultdict[int, float] = defaultdict(float)
        for word in sorted(gists[one.number]):
            for place in by_word[word]:
                common[place] += weights[word]
        # As Dice compares: twice what is common by the sum of both.
        like = {
            place: 2 * weight / (whole[one.number] + whole[groups[place][0]])
            for place, weight in common.items()
        }
        nearest = max(like, key=lambda place: (like[place], -place), default=None)
        if nearest is not None and like[nearest] >= _LIKE:
            groups[nearest].append(one.number)
            continue
        for word in gists[one.number]:
            by_word[word].append(len(groups))
        groups.append([one.number])
    return groups


def _weights(gists: Mapping[int, frozenset[str]]) -> dict[str, float]:
    known = Counter(word for gist in gists.values() for word in gist)
    return {word: math.log(1 + len(gists) / count) for word, count in known.items()}


def _gist(asked: Asked) -> frozenset[str]:
    """Take the roots of what was asked, those of two languages apart."""
    words = [word for word in split(asked.text) if len(word) > _A_WORD]
    if not words:
        return frozenset({f"{asked.language}={asked.text.strip().lower()}"})
    return frozenset(f"{asked.language}:{_root(asked.language, word)}" for word in words)


@lru_cache(1 << 14)
def _root(language: str, word: str) -> str:
    """Cut a word short, so that its verb, its noun and its aspects are one."""
    return _STEMMERS.get(language, str)(word)[:_ROOT]
