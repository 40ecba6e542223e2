"""A circuit breaker: what does not answer is left alone for a while, then tried once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

_FAILURES: Final = 5  # in a row
_REST: Final = timedelta(seconds=30)


class Breaker:
    """Tells whether to try at all; ``clock`` gives aware moments."""

    def __init__(
        self, clock: Callable[[], datetime], failures: int = _FAILURES, rest: timedelta = _REST
    ) -> None:
        self._clock = clock
        self._most = failures
        self._rest = rest
        self._failed = 0
        self._closed_at: datetime | None = None

    def lets(self) -> bool:
        """Let a call through; while resting only one, at the end of each rest."""
        if self._closed_at is None:
            return True
        if self._clock() < self._closed_at:
            return False
        self._closed_at = self._clock() + self._rest  # the others wait for how this one ends
        return True

    def succeeded(self) -> None:
        """Note an answer: everybody may call again."""
        self._failed, self._closed_at = 0, None

    def failed(self) -> None:
        """Note that there was none; too many in a row begin a rest."""
        self._failed += 1
        if self._failed >= self._most:
            self._closed_at = self._clock() + self._rest
