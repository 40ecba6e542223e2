"""Figures of a period as a page asks for them: by kind and name, of one channel or of all."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from storage.counting import BOUNDS, LONGER, Figure, Figures

_NAMES: Final = (*(f"{minutes:04}" for minutes in BOUNDS), LONGER)


class Sheet:
    """The figures of one channel, or of all when it is empty."""

    def __init__(self, figures: Figures, channel: str = "") -> None:
        self._kinds: defaultdict[str, dict[tuple[str, str], Figure]] = defaultdict(dict)
        for key, figure in figures.items():
            if channel in ("", key.channel):
                found = self._kinds[key.kind].setdefault((key.name, key.detail), Figure())
                found.add(figure.count, figure.total)

    def count(self, *kinds: str) -> int:
        """Count everything of some kinds."""
        return sum(one.count for kind in kinds for one in self._kinds[kind].values())

    def total(self, kind: str) -> int:
        """Tell what everything of a kind comes to."""
        return sum(one.total for one in self._kinds[kind].values())

    def by_name(self, kind: str) -> Mapping[str, int]:
        """Count a kind by name."""
        counted: defaultdict[str, int] = defaultdict(int)
        for (name, _), figure in self._kinds[kind].items():
            counted[name] += figure.count
        return counted

    def by_detail(self, name: str, *kinds: str) -> Mapping[str, int]:
        """Count kinds of one name by detail."""
        counted: defaultdict[str, int] = defaultdict(int)
        for kind in kinds:
            for (named, detail), figure in self._kinds[kind].items():
                if named == name:
                    counted[detail] += figure.count
        return counted

    def waits(self, kind: str) -> list[tuple[str, int]]:
        """Count waits by the name of the bound that they keep, the shortest first."""
        counted = self.by_name(kind)
        return [(name, counted[name]) for name in _NAMES]

    def half(self, kind: str) -> str:
        """Tell the bound that half of the waits keep; empty when there were none."""
        whole = self.count(kind)
        kept = 0
        for name, count in self.waits(kind):
            kept += count
            if whole and 2 * kept >= whole:
                return name
        return ""

    def within(self, kind: str, norm: timedelta) -> tuple[int, int]:
        """Tell the longest bound within a norm, in minutes, and how many waits keep it."""
        minutes = max((one for one in BOUNDS if timedelta(minutes=one) <= norm), default=BOUNDS[0])
        kept = sum(
            count for name, count in self.waits(kind) if name != LONGER and int(name) <= minutes
        )
        return minutes, kept

    def average(self, kind: str) -> float | None:
        """Tell what one of a kind comes to on the average; None of nothing."""
        whole = self.count(kind)
        return self.total(kind) / whole if whole else None
