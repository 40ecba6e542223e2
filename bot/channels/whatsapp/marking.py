"""Messages of people marked as read, and the last one of each chat: we type in answer to it.

All of this is of no consequence: kept in memory, given up when there is too much or it fails.
"""

import asyncio
import logging
from typing import Final

from bot.channels.base import Undelivered
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.reading import Delivery

_MOST_WAITING: Final = 1000
_MOST_CHATS: Final = 10_000
_PAUSE: Final = 0.1  # seconds between marks: most of the number's throughput is for messages
_LONG_PAUSE: Final = 30.0  # seconds when they are not taken

_log = logging.getLogger(__name__)


class Marks:
    """Marks what was read, one after another."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._waiting: asyncio.Queue[str] = asyncio.Queue(_MOST_WAITING)
        self._last: dict[str, str] = {}

    def note(self, delivery: Delivery) -> None:
        """Remember what came in, to be marked by and by."""
        for letter in (arrival.letter for arrival in delivery.arrivals):
            self._last.pop(letter.chat, None)
            self._last[letter.chat] = letter.key
            if not self._waiting.full():
                self._waiting.put_nowait(letter.key)
        while len(self._last) > _MOST_CHATS:
            del self._last[next(iter(self._last))]

    async def show_typing(self, chat: str) -> None:
        """Show that we answer what somebody has written last."""
        message = self._last.get(chat)
        if message:
            await self._try(message, typing=True)

    async def run(self) -> None:
        """Mark until cancelled."""
        while True:
            is_marked = await self._try(await self._waiting.get())
            await asyncio.sleep(_PAUSE if is_marked else _LONG_PAUSE)

    async def _try(self, message: str, *, typing: bool = False) -> bool:
        try:
            await self._graph.mark(message, typing=typing)
        except Undelivered as failure:
            _log.debug("whatsapp: a message was not marked as read: %s", failure.reason)
            return False
        return True
