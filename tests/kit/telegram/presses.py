"""Presses of buttons: each one turns on the phone until the bot answers it."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from tests.kit.loopback import Refused

_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
_PATIENCE: Final = 15.0  # seconds that a person looks at the sign of waiting


@dataclass(slots=True)
class Press:
    """A press that waits for its answer; ``at`` is by the monotonic clock."""

    who: str
    data: str
    at: float
    too_old: bool = False


@dataclass(slots=True)
class Presses:
    """All presses that nobody has answered yet."""

    waiting: dict[str, Press] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(4_380_000_001))

    def add(self, who: str, data: str) -> str:
        """Note a press and name its query."""
        name = str(next(self._numbers))
        self.waiting[name] = Press(who, data, time.monotonic())
        return name

    def answer(self, name: str) -> Press:
        """Take an answer; raises `Refused` when the query is too old, unknown or answered."""
        press = self.waiting.pop(name, None)
        if press is None or press.too_old:
            raise Refused(400, f"Bad Request: {_TOO_OLD}")
        return press

    def grow_old(self) -> None:
        """Let everything that waits be too old to be answered."""
        for press in self.waiting.values():
            press.too_old = True

    def unanswered(self) -> list[str]:
        """Tell of presses that a person has waited for too long."""
        now = time.monotonic()
        return [
            f"the press of {press.data} by {press.who} was not answered"
            for press in self.waiting.values()
            if now - press.at > _PATIENCE and not press.too_old
        ]
