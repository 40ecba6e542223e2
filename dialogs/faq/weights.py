"""How strongly each feature speaks for each class: naive Bayes in a few flat arrays."""

from array import array
from collections.abc import Iterable
from math import exp, log

# Every class is given so many average examples beforehand, so that a feature seen once
# does not decide alone.
_PRIOR = 6.0

# Features of one text repeat each other, so their sum says it too loudly. Chosen together
# with the thresholds, see docs/decisions/0003-understanding.md.
_LOUDNESS = 0.3


class Weights:
    """Log-odds of classes, learnt from counts of features in their examples."""

    def __init__(self, examples: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Learn from examples, each given as its class and its features."""
        sizes: dict[str, int] = {}
        seen: dict[str, dict[int, int]] = {}
        numbers: dict[str, int] = {}
        for name, features in examples:
            number = numbers.setdefault(name, len(numbers))
            sizes[name] = sizes.get(name, 0) + 1
            for feature in features:
                counts = seen.get(feature)
                if counts is None:
                    seen[feature] = {number: 1}
                else:
                    counts[number] = counts.get(number, 0) + 1
        self.classes = tuple(numbers)
        self._absent = [log(_PRIOR / (size + _PRIOR)) for size in sizes.values()]
        # A feature's place: where its weights start, and how many there are.
        self._place: dict[str, int] = {}
        self._class = array("B")
        self._weight = array("f")
        everything = sum(sizes.values())
        for feature, counts in seen.items():
            self._place[feature] = len(self._class) << 8 | len(counts)
            expected = _PRIOR * sum(counts.values()) / everything
            self._class.extend(counts)
            self._weight.extend(log(1 + count / expected) for count in counts.values())

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Weigh the classes against each other: chances that add up to 1, likeliest first.

        Nothing known about any of the features: no classes at all.
        """
        scores = [0.0] * len(self.classes)
        known = 0
        for feature in features:
            place = self._place.get(feature)
            if place is None:
                continue
            known += 1
            start = place >> 8
            for at in range(start, start + (place & 0xFF)):
                scores[self._class[at]] += self._weight[at]
        if not known:
            return {}
        for number, absent in enumerate(self._absent):
            scores[number] += known * absent
        best = max(scores)
        odds = [exp((score - best) * _LOUDNESS) for score in scores]
        total = sum(odds)
        ranked = sorted(zip(odds, self.classes, strict=True), reverse=True)
        return {name: chance / total for chance, name in ranked}
