"""How strongly each feature speaks for each class: naive Bayes in a few flat arrays."""

from array import array
from collections.abc import Callable, Iterable
from math import exp, log, sqrt

# Every class is given so many average examples beforehand, so that a feature seen once
# does not decide alone.
_PRIOR = 6.0

# Features of one text repeat each other, so their sum says it too loudly, and the more so
# the more of them there are. Chosen together with the thresholds, see
# docs/decisions/0003-understanding.md.
_LOUDNESS = 0.3
_FEW = 9  # features that do not yet repeat each other more than those of any text


class Weights:
    """Log-odds of classes, learnt from counts of features in their examples."""

    def __init__(
        self,
        examples: Iterable[tuple[str, Iterable[str]]],
        missed: Callable[[str], bool],
    ) -> None:
        """Learn from examples, each given as its class and its features.

        ``missed`` tells the features whose absence counts too: a text in which nobody is
        born is hardly about a newborn.
        """
        self._numbers: dict[str, int] = {}
        self._sizes: list[int] = []
        self._silence: list[float] = []
        # A feature's place: where its weights start, and how many there are.
        self._place: dict[str, int] = {}
        self._class = array("B")
        self._weight = array("f")
        seen = self._count(examples)
        self._absent = [log(_PRIOR / (size + _PRIOR)) for size in self._sizes]
        self.classes = tuple(self._numbers)
        everything = sum(self._sizes)
        for feature, counts in seen.items():
            average = _PRIOR * sum(counts.values()) / everything
            self._weigh(feature, counts, average, missed(feature))

    def _count(self, examples: Iterable[tuple[str, Iterable[str]]]) -> dict[str, dict[int, int]]:
        """Count for each feature in how many examples of each class it stands."""
        seen: dict[str, dict[int, int]] = {}
        for name, features in examples:
            number = self._numbers.setdefault(name, len(self._numbers))
            if number == len(self._sizes):
                self._sizes.append(0)
                self._silence.append(0.0)
            self._sizes[number] += 1
            for feature in features:
                counts = seen.get(feature)
                if counts is None:
                    seen[feature] = {number: 1}
                else:
                    counts[number] = counts.get(number, 0) + 1
        return seen

    def _weigh(self, feature: str, counts: dict[int, int], average: float, missed: bool) -> None:
        """Turn counts into weights; what its absence says is taken back where it is present."""
        self._place[feature] = len(self._class) << 8 | len(counts)
        self._class.extend(counts)
        for number, count in counts.items():
            absence = log(1 - count / (self._sizes[number] + _PRIOR)) if missed else 0.0
            self._silence[number] += absence
            self._weight.append(log(1 + count / average) - absence)

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Weigh the classes against each other: chances that add up to 1, likeliest first."""
        scores = self._silence.copy()
        known = 0
        for feature in features:
            place = self._place.get(feature)
            if place is None:
                continue
            known += 1
            start = place >> 8
            for at in range(start, start + (place & 0xFF)):
                scores[self._class[at]] += self._weight[at]
        for number, absent in enumerate(self._absent):
            scores[number] += known * absent
        best = max(scores)
        loudness = _LOUDNESS * sqrt(_FEW / max(known, _FEW))
        odds = [exp((score - best) * loudness) for score in scores]
        total = sum(odds)
        ranked = sorted(zip(odds, self.classes, strict=True), reverse=True)
        return {name: chance / total for chance, name in ranked}
