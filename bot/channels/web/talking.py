"""One conversation on the wire: its history and news, and what people send."""

import asyncio
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar, Final

from aiohttp import web

from bot.channels.base import Busy, Documents, Intake, Letter, UnfitFile
from bot.channels.documents import content_of, picture_of
from bot.channels.web import files, upload, wire
from bot.channels.web.refusing import refuse
from bot.channels.web.room import Find, Room
from bot.channels.web.stream import Streams
from bot.channels.web.visitor import language_of
from bot.http import Pace, Rate, TooLarge, address, from_our_page, read_body
from dialogs.incoming import Attached, Incoming
from dialogs.message import Message
from dialogs.words import Words

_LONGEST_BODY: Final = 64 * 1024  # 4,000 characters escaped, and to spare
_SECONDS_TO_POST: Final = 30.0
_SECONDS_TO_UPLOAD: Final = 180.0
_MOST_UPLOADS: Final = 16  # at once, each of at most 5 MB in memory

PER_CHAT: Final = Rate(burst=15, per_second=1.0)
PER_ADDRESS: Final = Rate(burst=300, per_second=20.0)
"""Generous: thousands of people share one address of a mobile network."""


class Limits:
    """How much visitors may send, over all pages."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        per_chat: Rate = PER_CHAT,
        per_address: Rate = PER_ADDRESS,
    ) -> None:
        self._per_chat = Pace(per_chat, clock)
        self._per_address = Pace(per_address, clock)
        self.uploading = asyncio.Semaphore(_MOST_UPLOADS)

    def wait(self, room: Room, client: str) -> float:
        """Count one act, or return how many seconds too early it comes."""
        return self._per_chat.wait(room.name) or (self._per_address.wait(client) if client else 0.0)


class Talking:
    """The addresses under which a page speaks for the conversation that ``find`` finds.

    Where a conversation ``begins``, a newcomer reads an empty history.
    """

    begins: ClassVar[bool] = True

    def __init__(
        self,
        find: Find,
        intake: Intake,
        documents: Documents,
        words: Mapping[str, Words],
        clock: Callable[[], datetime],
        public_url: str,
        limits: Limits,
    ) -> None:
        self._find = find
        self._intake = intake
        self._documents = documents
        self._words = words
        self._clock = clock
        self._public_url = public_url
        self._limits = limits
        self._streams = Streams(find)
        self.close = self._streams.close

    def routes(self, under: str = "") -> list[web.RouteDef]:
        """List the addresses, each ``under`` the page's own."""
        name = r"{name:[A-Za-z0-9_-]{1,64}}"
        return [
            web.get(f"{under}/chat/messages", self._messages),
            web.get(f"{under}/chat/events", self._events),
            web.post(f"{under}/chat/messages", self._post),
            web.post(f"{under}/chat/files", self._upload),
            web.get(f"{under}/chat/files/{{name}}", self._file),
            web.get(f"{under}/chat/documents/{name}.pdf", self._document),
            web.get(f"{under}/chat/documents/{name}.ics", self._document),
            web.get(f"{under}/chat/documents/{name}.png", self._picture),
            web.get(f"{under}/chat/documents/{name}.jpg", self._picture),
        ]

    async def _messages(self, request: web.Request) -> web.Response:
        """Answer a page of history: the newest, the one before a place, or what follows it."""
        room = await self._find(request)
        if room is None and not self.begins:
            return self._refuse(request, 401, "unknown")
        messages = await _history(request, room) if room else []
        return web.Response(
            body=wire.lines(messages, room.chat if room else ""),
            content_type="application/json",
            charset="utf-8",
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        room = await self._find(request)
        if room is None:
            return self._refuse(request, 401, "unknown")
        if self._streams.crowded(room):
            return self._refuse(request, 429, "too_fast", after=30)
        told = _number(request.headers.get("Last-Event-ID", ""))
        seq = _place(request, "after") or 0 if told is None else told
        return await self._streams.follow(request, room, seq)

    async def _post(self, request: web.Request) -> web.Response:
        room = await self._admitted(request)
        if isinstance(room, web.Response):
            return room
        try:
            body = await read_body(request, _LONGEST_BODY, _SECONDS_TO_POST)
            key, incoming = wire.read(body)
        except (TooLarge, wire.TooLong):
            return self._refuse(request, 413, "too_long")
        except (ValueError, TimeoutError):
            return self._refuse(request, 400, "malformed")
        return await self._take(request, room, key, incoming)

    async def _upload(self, request: web.Request) -> web.Response:
        room = await self._admitted(request)
        if isinstance(room, web.Response):
            return room
        if self._limits.uploading.locked():
            return self._refuse(request, 429, "too_fast", after=5)
        try:
            key, attached = await self._receive(request, room)
        except TooLarge:
            return self._refuse(request, 413, "file_too_large")
        except wire.TooLong:
            return self._refuse(request, 413, "too_long")
        except UnfitFile as error:
            return self._refuse(request, 415, f"file_{error.problem}")
        except Busy:
            return self._refuse(request, 429, "too_fast", after=5)
        except (ValueError, TimeoutError):
            return self._refuse(request, 400, "malformed")
        return await self._take(request, room, key, attached)

    async def _receive(self, request: web.Request, room: Room) -> tuple[str, Attached]:
        """Read a file and keep it, to be given a place or dropped by the turn."""
        async with self._limits.uploading, asyncio.timeout(_SECONDS_TO_UPLOAD):
            sent = await upload.read(request)
            file = await room.files.keep(room.chat, sent.content)
            return sent.key, Attached((file,), sent.caption)

    async def _file(self, request: web.Request) -> web.Response:
        """Give a file back to the chat that sent it; to others it does not exist."""
        room = await self._find(request)
        name = request.match_info["name"]
        kept = await room.files.fetch(room.chat, name) if room else None
        if kept is None:
            raise web.HTTPNotFound
        return files.answer(*kept)

    async def _document(self, request: web.Request) -> web.Response:
        """Draw a document of this chat; to others it does not exist."""
        room = await self._find(request)
        name = request.match_info["name"]
        drawn = await self._documents.document(room.channel, room.chat, name) if room else None
        if drawn is None:
            raise web.HTTPNotFound
        kind, _ = content_of(name)
        return files.answer(kind, drawn, name)

    async def _picture(self, request: web.Request) -> web.Response:
        """Draw a document of this chat to be looked at; to others it does not exist."""
        room = await self._find(request)
        name = request.match_info["name"]
        drawn = await self._documents.picture(room.channel, room.chat, name) if room else None
        if drawn is None:
            raise web.HTTPNotFound
        return files.answer(picture_of(name)[0], drawn, name)

    async def _take(
        self, request: web.Request, room: Room, key: str, incoming: Incoming
    ) -> web.Response:
        """Answer only when what happened is durable."""
        language = language_of(request, self._words)
        letter = Letter(
            room.channel,
            room.chat,
            f"{room.chat}:{key}",
            incoming,
            self._clock(),
            language,
            address(request),
            window=room.is_window,
        )
        try:
            await self._intake.take(letter)
        except Busy:
            return self._refuse(request, 503, "too_fast", after=2)
        return web.json_response({})

    async def _admitted(self, request: web.Request) -> Room | web.Response:
        """Find the conversation that may be posted to now, or refuse."""
        if not from_our_page(request, self._public_url):
            return self._refuse(request, 403, "foreign")
        room = await self._find(request)
        if room is None:
            return self._refuse(request, 401, "unknown")
        wait = self._limits.wait(room, address(request))
        if wait:
            return self._refuse(request, 429, "too_fast", after=math.ceil(wait))
        return room

    def _refuse(
        self, request: web.Request, status: int, error: str, *, after: int = 0
    ) -> web.Response:
        return refuse(request, self._words, status, error, after=after)


class TalkingThrough(Talking):
    """The addresses of a window: it shows a conversation that there is, or nothing."""

    begins = False


async def _history(request: web.Request, room: Room) -> list[Message]:
    before, after = _place(request, "before"), _place(request, "after")
    if after is not None:
        return list(await room.history.after(room.chat, after))
    return list(await room.history.before(room.chat, before))


def _place(request: web.Request, name: str) -> int | None:
    """Read a place in the chat from the address; anything else there counts as none."""
    return _number(request.query.get(name, ""))


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None  # noqa: PLR2004
