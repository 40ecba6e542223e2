"""How fast notices go: what the counts of their rows have grown by within a minute."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

_WITHIN: Final = timedelta(minutes=1)
_ENOUGH: Final = timedelta(seconds=5)
_APART: Final = timedelta(seconds=1)


class Speeds:
    """Remembers the counts of the last minute while somebody looks on.

    Nothing is counted beside the rows themselves, so that nothing can differ from them; whoever
    has just begun to look waits five seconds for the first speed.
    """

    def __init__(self) -> None:
        self._seen: dict[int, deque[tuple[datetime, Mapping[str, int]]]] = {}

    def of(self, number: int, settled: Mapping[str, int], now: datetime) -> dict[str, float] | None:
        """Return outcomes a second by channel; None while too little has been seen."""
        seen = self._seen.setdefault(number, deque())
        while seen and now - seen[0][0] > _WITHIN:
            seen.popleft()
        if not seen or now - seen[-1][0] >= _APART:
            seen.append((now, dict(settled)))
        first_at, first = seen[0]
        if now - first_at < _ENOUGH:
            return None
        seconds = (now - first_at).total_seconds()
        return {
            name: max(0, people - first.get(name, 0)) / seconds for name, people in settled.items()
        }

    def forget(self, number: int) -> None:
        """Forget a notice that does not go: its pause is no slowness."""
        self._seen.pop(number, None)
