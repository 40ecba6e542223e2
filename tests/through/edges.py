"""A messenger of ours at work in the house: nobody waits here for a pace or for a look around.

How fast a messenger may be written to is kept by the sender's own tests, and by the soak.
"""

import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.channels.base import Messenger
from bot.channels.pace import Pace
from bot.fetching import Fetching
from bot.lines import Line
from bot.messengers import CHANNELS, Builder, build_switchboard
from bot.safekeeping import Safe
from bot.settings import Settings
from tests.through.house import House

OUTSIDE: Final = "https://polis.example"
"""Where a messenger is told to find the assistant."""

_SECRET: Final = "a-secret-of-the-webhook"

_AT_ONCE: Final = Pace(per_second=1000.0, chat_per_second=1000.0, chat_burst=1000)


class Papers:
    """Draws something of every name; how documents look is their own tests' affair."""

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a file, another one for each name."""
        return b"%PDF-1.7 " + name.encode()

    async def picture(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a picture of what is looked at in the chat."""
        return _picture() if name.startswith("extract:") else None


@cache
def _picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(drawn, "PNG")
    return drawn.getvalue()


@dataclass(frozen=True)
class Edge:
    """One messenger: what receives, what fetches files, what sends; ``url`` takes deliveries."""

    line: Line
    fetching: Fetching
    url: str

    async def fetch(self) -> None:
        """Fetch the files that wait, and let their letters have their turn."""
        while await self.fetching.fetch_due():
            pass

    async def send(self) -> None:
        """Send whatever waits."""
        while await self.line.sender.send_due():
            pass


def receiving_by(mode: str, channel: str) -> dict[str, str]:
    """Have a channel receive by ``polling`` or by its ``webhook``, as `POLIS_…` variables."""
    name = f"POLIS_{channel.upper()}"
    return {f"{name}_MODE": mode, f"{name}_WEBHOOK_SECRET": _SECRET if mode == "webhook" else ""}


@asynccontextmanager
async def edge(
    house: House, settings: Mapping[str, str], builder: Builder | None = None
) -> AsyncIterator[Edge]:
    """Build the messenger of the house's channel, listening for deliveries.

    ``settings`` are ``POLIS_…`` variables.
    """
    name = house.channel
    safe = Safe(house.store, ("secret " * 4,), house.clock)
    own: dict[str, Any] = {
        key.removeprefix("POLIS_").lower(): value for key, value in settings.items()
    }
    given = Settings(channels=name, public_url=OUTSIDE, **own)
    unhurried = {name: _at_once(builder or CHANNELS[name])}
    board = build_switchboard(house.assistant, given, Papers(), safe, unhurried)
    (line,) = board.lines
    app = web.Application()
    app.add_routes(board.routes())
    try:
        async with TestServer(app) as server:
            yield Edge(line, board.fetching, str(server.make_url("")).rstrip("/"))
    finally:
        await line.messenger.close()


def _at_once(builder: Builder) -> Builder:
    def build(*given: Any) -> Messenger[Any]:
        messenger = builder(*given)
        messenger.pace = _AT_ONCE
        return messenger

    return build
