"""How fast is too fast: waits that Telegram has asked for, and room that is left."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.http import Pace, Rate

_PER_CHAT: Final = Rate(burst=8, per_second=1.0)
_PER_BOT: Final = Rate(burst=2, per_second=24.0)
"""Below https://core.telegram.org/bots/faq, for messages, which go first, spend from it too. With
their own bursts, ten to a chat and thirty in all, it stays below what Telegram is known to bear."""


class Flooding:
    """Remembers who is to wait; a wait that is over is forgotten.

    Telegram does not say whom a wait concerns. One chat's is taken as that chat's; when another
    chat is told to wait while the first still does, it is the whole bot that is too fast.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[str, datetime] = {}

    def left(self, scope: str) -> float:
        """Return how many seconds a scope has to wait; 0 when it need not."""
        until = self._until.get(scope)
        return max(0.0, (until - self._clock()).total_seconds()) if until else 0.0

    def asked(self, scope: str, seconds: float) -> bool:
        """Note a wait; tell whether another scope is waiting as well."""
        now = self._clock()
        self._until = {one: until for one, until in self._until.items() if until > now}
        others = any(one != scope for one in self._until)
        self._until[scope] = now + timedelta(seconds=seconds)
        return others


class Spare:
    """Tells whether a call that is only for tidiness fits between those that matter."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._chats = Pace(_PER_CHAT, clock)
        self._bot = Pace(_PER_BOT, clock)

    def spend(self, chat: str) -> bool:
        """Count a call to a chat; tell whether there was room for it."""
        return not self._chats.wait(chat) and not self._bot.wait("")
