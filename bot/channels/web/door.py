"""The way into a conversation of a messenger: the page of a link, and the page of the window.

Messengers look at every link that they carry, so looking opens nothing: a button does. The
token stands behind «#» in the address, which no browser sends, and comes in the body of a post.
"""

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, Literal, TypeAlias

from aiohttp import web

from bot.channels.web.page import Pages
from bot.channels.web.room import Room
from bot.channels.web.visitor import Visitors, language_of, window_name
from bot.channels.windows import Place, Windows
from bot.http import Pace, Rate, TooLarge, address, is_from_here, read_body
from dialogs.words import Words

Saying: TypeAlias = Literal["open", "shut", "closed", "often"]
"""What the page of a link says: open it here; it opens nothing more; too often, too fast."""

_STATUS: Final[dict[Saying, int]] = {"open": 200, "shut": 410, "closed": 410, "often": 429}
_UP: Final = "../../"  # from a window's address to the visitor's own chat
_LONGEST_BODY: Final = 1024
_SECONDS: Final = 10.0
WINDOW: Final = "/window/{window:[0-9a-f]{16}}"
"""A window's own address: so a page that is left open never speaks for a window opened later."""

_RATE: Final = Rate(burst=30, per_second=0.5)
"""For an address, which may be a whole mobile network's; tokens are beyond all guessing anyway."""


class Door:
    """Lets people into windows and out of them."""

    def __init__(
        self,
        windows: Windows,
        visitors: Visitors,
        pages: Pages,
        words: Mapping[str, Words],
        clock: Callable[[], datetime],
        public_url: str,
    ) -> None:
        self._windows = windows
        self._visitors = visitors
        self._pages = pages
        self._words = words
        self._public_url = public_url
        self._pace = Pace(_RATE, clock)

    def routes(self) -> list[web.RouteDef]:
        """List the addresses."""
        return [
            web.get("/window", self._ask),
            web.post("/window", self._open),
            web.get(f"{WINDOW}/", self._page),
            web.post(f"{WINDOW}/close", self._close),
        ]

    async def room(self, request: web.Request) -> Room | None:
        """Find the conversation that a request sees through its window."""
        place = await self._place(request)
        if place is None:
            return None
        history, files = self._windows.history(place.channel), self._windows.files(place.channel)
        return Room(place.channel, place.chat, history, files, is_window=True)

    async def _ask(self, request: web.Request) -> web.Response:
        """Show the button; the link is as good afterwards as before."""
        return self._say(request, "open")

    async def _open(self, request: web.Request) -> web.Response:
        """Use the link up, and let the browser look through its window from now on."""
        wait = self._pace.wait(address(request))
        if wait:
            return self._say(request, "often", after=math.ceil(wait))
        if not is_from_here(request, self._public_url):
            return self._say(request, "shut")
        opened = await self._windows.open(await _token(request))
        if opened is None:
            return self._say(request, "shut")
        token, life = opened
        response = _to(f"window/{window_name(token)}/")
        self._visitors.look(response, token, int(life.total_seconds()))
        return response

    async def _page(self, request: web.Request) -> web.Response:
        place = await self._place(request)
        if place is None:
            return self._say(request, "closed", under=_UP)
        language = language_of(request, self._words)
        response = self._pages.content(language, place.channel).answer(request)
        response.headers["Content-Language"] = language
        if request.query.get("lang") == language:
            self._visitors.speak(response, language)
        return response

    async def _close(self, request: web.Request) -> web.Response:
        """Close the window, and lead back to the visitor's own conversation."""
        token = self._visitors.window(request)
        if token and is_from_here(request, self._public_url):
            await self._windows.close(token)
        response = _to(_UP)
        self._visitors.look_away(response)
        return response

    async def _place(self, request: web.Request) -> Place | None:
        token = self._visitors.window(request)
        return await self._windows.place(token) if token else None

    def _say(
        self, request: web.Request, saying: Saying, *, under: str = "", after: int = 0
    ) -> web.Response:
        language = language_of(request, self._words)
        response = self._pages.door(language, saying, under).answer(request)
        response.set_status(_STATUS[saying])
        if after:
            response.headers["Retry-After"] = str(after)
        return response


async def _token(request: web.Request) -> str:
    """Read the token of a link; whatever is malformed is a token that opens nothing."""
    try:
        body = await read_body(request, _LONGEST_BODY, _SECONDS)
        name, _, token = body.decode("ascii").partition("=")
    except (TooLarge, TimeoutError, UnicodeDecodeError):
        return ""
    return token if name == "token" else ""


def _to(where: str) -> web.Response:
    response = web.Response(status=303)
    response.headers["Location"] = where
    return response
