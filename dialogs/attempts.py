"""How often somebody may try to prove who they are, and how long they wait in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

Counted: TypeAlias = Literal["chat", "phone", "address"]
"""Where attempts are counted: in a chat, for a person's phone, from a network address."""

CODE_LIVES: Final = timedelta(minutes=5)
CODE_TRIES: Final = 5
"""Wrong codes that are heard before a new one must be asked for."""

_FREE: Mapping[Counted, int] = {"chat": 3, "phone": 3, "address": 30}
"""Thousands of people share one address of a mobile network."""

_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_LONG_PAUSES = (*_PAUSES, timedelta(hours=6), timedelta(hours=24))
FORGOTTEN: Final = timedelta(hours=48)
"""After this long without an attempt the count begins anew."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often was tried, and when last, in UTC."""

    count: int
    last_at: datetime

    def again(self, now: datetime) -> "Attempts":
        """Count one more."""
        return Attempts(1 if self._is_forgotten(now) else self.count + 1, now)

    def free_at(self, counted: Counted, now: datetime) -> datetime:
        """Tell from when on the next attempt is heard; the pause grows with each one.

        A phone's pauses stay short of a day: a stranger must not lock its owner out.
        """
        beyond = self.count - _FREE[counted]
        if beyond < 0 or self._is_forgotten(now):
            return self.last_at
        pauses = _LONG_PAUSES if counted == "chat" else _PAUSES
        return self.last_at + pauses[min(beyond, len(pauses) - 1)]

    def _is_forgotten(self, now: datetime) -> bool:
        return now - self.last_at > FORGOTTEN
