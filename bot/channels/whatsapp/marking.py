"""Messages of people marked as read, and the last one of each chat: we type in answer to it.

All of this is of no consequence: kept in memory, left out when there is too much or it fails.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.channels.base import Undelivered
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.reading import Delivery
from bot.http import Pace, Rate

_RATE: Final = Rate(burst=5, per_second=5.0)  # the number's throughput is for messages
_MOST_CHATS: Final = 10_000

_log = logging.getLogger(__name__)


class Marks:
    """Marks what was read."""

    def __init__(self, graph: Graph, clock: Callable[[], datetime]) -> None:
        self._graph = graph
        self._pace = Pace(_RATE, clock)
        self._last: dict[str, str] = {}

    def note(self, delivery: Delivery) -> None:
        """Remember what came last in each chat."""
        for letter in (arrival.letter for arrival in delivery.arrivals):
            self._last.pop(letter.chat, None)
            self._last[letter.chat] = letter.key
        while len(self._last) > _MOST_CHATS:
            del self._last[next(iter(self._last))]

    async def mark(self, delivery: Delivery) -> None:
        """Mark the last message of each chat, and with it all before, while there is room."""
        last = {one.letter.chat: one.letter.key for one in delivery.arrivals}
        for message in last.values():
            if not self._pace.wait("marks"):
                await self._try(message)

    async def show_typing(self, chat: str) -> None:
        """Show that we answer what somebody has written last."""
        message = self._last.get(chat)
        if message:
            await self._try(message, typing=True)

    async def _try(self, message: str, *, typing: bool = False) -> None:
        try:
            await self._graph.mark(message, typing=typing)
        except Undelivered as failure:
            _log.debug("whatsapp: a message was not marked as read: %s", failure.reason)
