"""The stream of news to a page: server-sent events that resume where they broke off."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from aiohttp_sse import EventSourceResponse

from bot.channels.base import History
from bot.channels.web.room import Find, Room
from bot.channels.web.wire import line

_MOST_PER_CHAT: Final = 12


class Streams:
    """All pages that listen now. They are let go when the server stops; each comes back alone."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._listeners: set[asyncio.Task[object]] = set()
        self._per_chat: Counter[str] = Counter()

    def crowded(self, room: Room) -> bool:
        """Tell whether the chat has more pages open than a person would."""
        return self._per_chat[room.name] >= _MOST_PER_CHAT

    async def follow(self, request: web.Request, room: Room, seq: int) -> web.StreamResponse:
        """Send what comes after ``seq``, each message once and in order, until the page leaves.

        A window may close meanwhile: nothing more is shown through it.
        """
        response = EventSourceResponse()
        async with self._listener(room.name), _watched(room.history, room.chat) as news:
            try:
                await response.prepare(request)
                async with response:
                    async for _ in news:  # the first comes at once, and opens the stream
                        if not response.is_connected() or await self._find(request) is None:
                            break
                        told = await self._tell(response, room, seq)
                        if told == seq:
                            await response.send("1", event="beat")
                        seq = told
            except (ConnectionResetError, TimeoutError):
                pass  # the page left or stalled; it knows where to go on
        return response

    async def _tell(self, response: EventSourceResponse, room: Room, seq: int) -> int:
        """Send all that is new and return the last place told."""
        while messages := await room.history.after(room.chat, seq):
            for message in messages:
                await response.send(line(message, room.chat).decode(), id=str(message.seq))
                seq = message.seq
        return seq

    @asynccontextmanager
    async def _listener(self, chat: str) -> AsyncIterator[None]:
        task = asyncio.current_task()
        if task is None:  # pragma: no cover — a handler always runs in a task
            raise RuntimeError("a stream is followed inside a task")
        self._listeners.add(task)
        self._per_chat[chat] += 1
        try:
            yield
        finally:
            self._listeners.discard(task)
            self._per_chat[chat] -= 1
            if not self._per_chat[chat]:
                del self._per_chat[chat]

    async def close(self, _app: web.Application) -> None:
        """Let every page go, so that the server may stop without waiting for them."""
        for listener in tuple(self._listeners):
            listener.cancel()


@asynccontextmanager
async def _watched(history: History, chat: str) -> AsyncIterator[AsyncIterator[None]]:
    """Watch a chat from now on, and stop watching at the end."""
    news = history.news(chat)
    try:
        yield news
    finally:
        if isinstance(news, AsyncGenerator):
            await news.aclose()
