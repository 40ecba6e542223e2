"""News to open pages: server-sent events, let go when the server or the sign-in ends."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from dialogs.json import Json

_BEAT: Final = 15.0  # seconds between signs of life; the page gives up after three
_encode = msgspec.json.encode


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news: ``name`` is what the page listens for, ``id`` where it resumes."""

    name: str
    data: Json = None
    id: str = ""


class Streams:
    """All pages that listen now."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Task[object]] = set()

    async def follow(
        self,
        request: web.Request,
        pieces: AsyncIterator[Piece],
        still_in: Callable[[], Awaitable[bool]],
    ) -> web.StreamResponse:
        """Send news until the page leaves, the news end, or the reader is not signed in any more.

        Between two pieces the page hears a beat, so that it knows when it has gone deaf.
        """
        response = EventSourceResponse()
        task = asyncio.current_task()
        if task is None:  # pragma: no cover — a handler always runs in a task
            raise RuntimeError("a stream is followed inside a task")
        self._listeners.add(task)
        try:
            await response.prepare(request)
            async with response:
                await _tell(response, pieces, still_in)
        except (ConnectionResetError, TimeoutError):
            pass  # the page left or stalled; it knows where to go on
        finally:
            self._listeners.discard(task)
        return response

    async def close(self, _app: web.Application) -> None:
        """Let every page go, so that the server may stop without waiting for them."""
        for listener in tuple(self._listeners):
            listener.cancel()


async def _tell(
    response: EventSourceResponse,
    pieces: AsyncIterator[Piece],
    still_in: Callable[[], Awaitable[bool]],
) -> None:
    await response.send("1", event="beat")
    async with aclosing(_beating(pieces)) as told:
        async for piece in told:
            if piece is None:
                if not await still_in():
                    await response.send("1", event="out")
                    return
                await response.send("1", event="beat")
            else:
                data = _encode(piece.data).decode()
                await response.send(data, event=piece.name, id=piece.id or None)


async def _beating(pieces: AsyncIterator[Piece]) -> AsyncGenerator[Piece | None, None]:
    """Pass pieces on; None whenever there was none for a while."""
    waiting: asyncio.Future[Piece] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(pieces))
            done, _ = await asyncio.wait([waiting], timeout=_BEAT)
            if not done:
                yield None
                continue
            piece, waiting = waiting, None
            try:
                yield piece.result()
            except StopAsyncIteration:
                return
    finally:
        if waiting is not None:
            waiting.cancel()
