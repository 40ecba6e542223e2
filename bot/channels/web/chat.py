"""The web chat put together: its page, the visitor's own conversation, and windows onto others."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.base import Documents, Files, History, Intake
from bot.channels.web.door import WINDOW, Door
from bot.channels.web.page import FOLDER, Assets, Pages
from bot.channels.web.room import Room
from bot.channels.web.talking import PER_ADDRESS, PER_CHAT, Limits, Talking, TalkingThrough
from bot.channels.web.visitor import Visitors, language_of
from bot.channels.windows import Windows
from bot.http import Rate
from dialogs.words import Words


class Web:
    """The channel of a site's own page; pages read the history, so nothing is pushed.

    With ``windows`` it shows conversations of messengers as well.
    """

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
        windows: Windows | None = None,
    ) -> None:
        self._history = history
        self._files = files
        self._words = words
        self._visitors = Visitors(secret, https=urlsplit(public_url).scheme == "https")
        self._assets = Assets(sorted((FOLDER / "static").iterdir()))
        self._pages = Pages(words, brand, self._assets)
        limits = Limits(clock, per_chat, per_address)
        around = (intake, documents, words, clock, public_url, limits)
        self._talking = [Talking(self._own, *around)]
        self._routes = [
            web.get("/", self._page),
            web.get("/chat/static/{digest}/{name}", self._asset),
            *self._talking[0].routes(),
        ]
        if windows:
            door = Door(windows, self._visitors, self._pages, words, clock, public_url)
            through = TalkingThrough(door.room, *around)
            self._talking.append(through)
            self._routes += [*door.routes(), *through.routes(WINDOW)]

    def mount(self, app: web.Application) -> None:
        """Take the page's addresses in an application, and let go of its pages at the end."""
        app.add_routes(self.routes())
        for talking in self._talking:
            app.on_shutdown.append(talking.close)

    def routes(self) -> list[web.RouteDef]:
        """List the addresses."""
        return list(self._routes)

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

    async def _own(self, request: web.Request) -> Room | None:
        """Find the visitor's own conversation."""
        chat = self._visitors.chat(request)
        return Room(self.name, chat, self._history, self._files) if chat else None
