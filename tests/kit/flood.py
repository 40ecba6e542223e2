"""Flood control: the published limits of a messenger, counted as buckets that refill."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_TRAVELLING: Final = 0.25  # seconds: what had been sent before our 429 could be read


@dataclass(frozen=True, slots=True)
class Limit:
    """So many calls a second on the long run, and so many at once."""

    per_second: float
    burst: float


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


@dataclass(slots=True)
class Flood:
    """Keeps the limits by name, and remembers whom it has told to wait.

    ``faster`` multiplies every limit, so that a test takes less time.
    """

    limits: Mapping[str, Limit]
    faster: float = 1.0
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)
    _closed: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, name: str, key: str) -> float:
        """Count one call against a limit; return how many seconds to wait, 0 when it may pass."""
        limit, now = self.limits[name], time.monotonic()
        rate = limit.per_second * self.faster
        bucket = self._buckets.setdefault((name, key), _Bucket(limit.burst, now))
        bucket.left = min(limit.burst, bucket.left + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / rate
        bucket.left -= 1
        return 0.0

    def close(self, key: str, seconds: float) -> None:
        """Remember that the sender of a key was told to wait."""
        now = time.monotonic()
        self._closed[key] = (now, now + seconds)

    def ignored(self, key: str) -> float:
        """Return how many seconds too early a call comes that was told to wait; 0 when it obeys."""
        told_at, until = self._closed.get(key, (0.0, 0.0))
        now = time.monotonic()
        if now >= until - 0.01 or now < told_at + _TRAVELLING:
            return 0.0
        return until - now


def whole_seconds(seconds: float) -> int:
    """Round a wait up, as messengers tell it."""
    return max(1, math.ceil(seconds))
