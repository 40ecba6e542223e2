"""The web chat's addresses and what each of them does."""

import asyncio
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.base import (
    Busy,
    Documents,
    Files,
    History,
    Intake,
    Letter,
    UnfitFile,
    content_of,
)
from bot.channels.web import files, upload, wire
from bot.channels.web.page import FOLDER, Assets, Pages
from bot.channels.web.stream import Streams
from bot.channels.web.visitor import Visitors, language_of
from bot.http import Pace, Rate, TooLarge, address, from_our_page, read_body
from dialogs.incoming import Attached, Incoming
from dialogs.words import Words

_LONGEST_BODY: Final = 64 * 1024  # 4,000 characters escaped, and to spare
_SECONDS_TO_POST: Final = 30.0
_SECONDS_TO_UPLOAD: Final = 180.0
_MOST_UPLOADS: Final = 16  # at once, each of at most 5 MB in memory

PER_CHAT: Final = Rate(burst=15, per_second=1.0)
PER_ADDRESS: Final = Rate(burst=300, per_second=20.0)
"""Generous: thousands of people share one address of a mobile network."""


class Web:
    """The channel of a site's own page; pages read the history, so nothing is pushed."""

    name: Final = "web"

    def __init__(  # noqa: PLR0913 — the whole world of the page, given once
        self,
        intake: Intake,
        history: History,
        files: Files,
        documents: Documents,
        *,
        words: Mapping[str, Words],
        clock: Callable[[], datetime],
        secret: str,
        public_url: str,
        brand: Callable[[str], str],
        per_chat: Rate = PER_CHAT,
        per_address: Rate = PER_ADDRESS,
    ) -> None:
        self._intake = intake
        self._history = history
        self._files = files
        self._documents = documents
        self._words = words
        self._clock = clock
        self._public_url = public_url
        self._visitors = Visitors(secret, https=urlsplit(public_url).scheme == "https")
        self._assets = Assets(sorted((FOLDER / "static").iterdir()))
        self._pages = Pages(words, brand, self._assets)
        self._streams = Streams(history)
        self._per_chat = Pace(per_chat, clock)
        self._per_address = Pace(per_address, clock)
        self._uploading = asyncio.Semaphore(_MOST_UPLOADS)

    def mount(self, app: web.Application) -> None:
        """Take the page's addresses in an application, and let go of its pages at the end."""
        app.add_routes(self.routes())
        app.on_shutdown.append(self._streams.close)

    def routes(self) -> list[web.RouteDef]:
        """List the addresses."""
        return [
            web.get("/", self._page),
            web.get("/chat/static/{digest}/{name}", self._asset),
            web.get("/chat/messages", self._messages),
            web.get("/chat/events", self._events),
            web.post("/chat/messages", self._post),
            web.post("/chat/files", self._upload),
            web.get("/chat/files/{name}", self._file),
            web.get(r"/chat/documents/{name:[A-Za-z0-9-]{1,64}}.pdf", self._document),
            web.get(r"/chat/documents/{name:[A-Za-z0-9-]{1,64}}.ics", self._document),
            web.get(r"/chat/documents/{name:[A-Za-z0-9-]{1,64}}.png", self._picture),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        language = language_of(request, self._words)
        response = self._pages.content(language).answer(request)
        response.headers["Content-Language"] = language
        self._visitors.welcome(response, self._visitors.chat(request))
        if request.query.get("lang") == language:
            self._visitors.speak(response, language)
        return response

    async def _asset(self, request: web.Request) -> web.Response:
        return self._assets.answer(request)

    async def _messages(self, request: web.Request) -> web.Response:
        """Answer a page of history: the newest, the one before a place, or what follows it."""
        chat = self._visitors.chat(request)
        before, after = _place(request, "before"), _place(request, "after")
        if chat is None:
            messages = []
        elif after is not None:
            messages = list(await self._history.after(chat, after))
        else:
            messages = list(await self._history.before(chat, before))
        return web.Response(
            body=wire.lines(messages, chat or ""), content_type="application/json", charset="utf-8"
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        chat = self._visitors.chat(request)
        if chat is None:
            return self._refuse(request, 401, "unknown")
        if self._streams.crowded(chat):
            return self._refuse(request, 429, "too_fast", after=30)
        told = _number(request.headers.get("Last-Event-ID", ""))
        seq = _place(request, "after") or 0 if told is None else told
        return await self._streams.follow(request, chat, seq)

    async def _post(self, request: web.Request) -> web.Response:
        chat = self._admitted(request)
        if isinstance(chat, web.Response):
            return chat
        try:
            body = await read_body(request, _LONGEST_BODY, _SECONDS_TO_POST)
            key, incoming = wire.read(body)
        except (TooLarge, wire.TooLong):
            return self._refuse(request, 413, "too_long")
        except (ValueError, TimeoutError):
            return self._refuse(request, 400, "malformed")
        return await self._take(request, chat, key, incoming)

    async def _upload(self, request: web.Request) -> web.Response:
        chat = self._admitted(request)
        if isinstance(chat, web.Response):
            return chat
        if self._uploading.locked():
            return self._refuse(request, 429, "too_fast", after=5)
        try:
            key, attached = await self._receive(request, chat)
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
        return await self._take(request, chat, key, attached)

    async def _receive(self, request: web.Request, chat: str) -> tuple[str, Attached]:
        """Read a file and keep it, to be given a place or dropped by the turn."""
        async with self._uploading, asyncio.timeout(_SECONDS_TO_UPLOAD):
            sent = await upload.read(request)
            file = await self._files.keep(chat, sent.content)
            return sent.key, Attached((file,), sent.caption)

    async def _file(self, request: web.Request) -> web.Response:
        """Give a file back to the chat that sent it; to others it does not exist."""
        chat = self._visitors.chat(request)
        kept = await self._files.fetch(chat, request.match_info["name"]) if chat else None
        if kept is None:
            raise web.HTTPNotFound
        return files.answer(*kept)

    async def _document(self, request: web.Request) -> web.Response:
        """Draw a document of this chat; to others it does not exist."""
        chat = self._visitors.chat(request)
        name = request.match_info["name"]
        drawn = await self._documents.document(self.name, chat, name) if chat else None
        if drawn is None:
            raise web.HTTPNotFound
        kind, _ = content_of(name)
        return files.answer(kind, drawn, name)

    async def _picture(self, request: web.Request) -> web.Response:
        """Draw a document of this chat to be looked at; to others it does not exist."""
        chat = self._visitors.chat(request)
        name = request.match_info["name"]
        drawn = await self._documents.picture(self.name, chat, name) if chat else None
        if drawn is None:
            raise web.HTTPNotFound
        return files.answer("image/png", drawn, name)

    async def _take(
        self, request: web.Request, chat: str, key: str, incoming: Incoming
    ) -> web.Response:
        """Answer only when what happened is durable."""
        language = language_of(request, self._words)
        letter = Letter(
            self.name,
            chat,
            f"{chat}:{key}",
            incoming,
            self._clock(),
            language,
            address(request),
        )
        try:
            await self._intake.take(letter)
        except Busy:
            return self._refuse(request, 503, "too_fast", after=2)
        return web.json_response({})

    def _admitted(self, request: web.Request) -> str | web.Response:
        """Name the chat that may post now, or refuse."""
        if not from_our_page(request, self._public_url):
            return self._refuse(request, 403, "foreign")
        chat = self._visitors.chat(request)
        if chat is None:
            return self._refuse(request, 401, "unknown")
        client = address(request)
        wait = self._per_chat.wait(chat) or (self._per_address.wait(client) if client else 0.0)
        if wait:
            return self._refuse(request, 429, "too_fast", after=math.ceil(wait))
        return chat

    def _refuse(
        self, request: web.Request, status: int, error: str, *, after: int = 0
    ) -> web.Response:
        words = self._words[language_of(request, self._words)]
        response = web.json_response(
            {"error": error, "message": words(f"web.problem.{error}")}, status=status
        )
        if after:
            response.headers["Retry-After"] = str(after)
        return response


def _place(request: web.Request, name: str) -> int | None:
    """Read a place in the chat from the address; anything else there counts as none."""
    return _number(request.query.get(name, ""))


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None  # noqa: PLR2004
