"""Windows of the web chat onto conversations of messengers: made, opened, looked through.

Where personal data may not travel in a messenger, a link goes there instead. It opens a page
on which the same conversation goes on, for a while. Tokens of links and windows are random and
known in clear to the person alone: the database has their digests.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.channels.base import Files, History
from bot.channels.windows import Place
from bot.history import ChannelHistory
from bot.live import Live
from bot.safekeeping import ChannelFiles, Safe
from storage.db import Store

LINK_LIFE: Final = timedelta(minutes=10)
WINDOW_LIFE: Final = timedelta(hours=2)
_IN_A_ROW: Final = timedelta(minutes=5)  # an older link has not long to live
_BYTES: Final = 24


class Links:
    """Makes links; ``address`` is where people reach the server."""

    def __init__(self, store: Store, clock: Callable[[], datetime], address: str) -> None:
        self._store = store
        self._clock = clock
        self._address = address

    async def stands(self, chat_id: int, heard_at: datetime | None) -> bool:
        """Tell whether a link was sent to a chat a moment ago, and waits to be used.

        What the person has done since then (``heard_at``) deserves one of its own.
        """
        since = self._clock() - _IN_A_ROW
        async with self._store.work() as work:
            return await work.link_stands(chat_id, max(since, heard_at) if heard_at else since)

    async def make(self, chat_id: int) -> str:
        """Make a token that opens a page on which a chat goes on."""
        now, token = self._clock(), secrets.token_urlsafe(_BYTES)
        async with self._store.work() as work:
            await work.make_link(_digest(token), chat_id, now, now + LINK_LIFE)
        return token

    def url(self, token: str) -> str:
        """Write the address of that page; no browser sends what stands behind «#» to a server."""
        return f"{self._address}/window#{token}"

    async def sent(self, token: str) -> None:
        """Note that a link was sent."""
        async with self._store.work() as work:
            await work.link_sent(_digest(token), self._clock())


class Windows:
    """Opens windows and says what they show; satisfies `bot.channels.windows.Windows`."""

    def __init__(self, store: Store, clock: Callable[[], datetime], live: Live, safe: Safe) -> None:
        self._store = store
        self._clock = clock
        self._live = live
        self._safe = safe

    async def open(self, link: str) -> tuple[str, timedelta] | None:
        """Use a link up; return the token of the window and how long it is open."""
        token, now = secrets.token_urlsafe(_BYTES), self._clock()
        async with self._store.work() as work:
            place = await work.open_window(_digest(link), _digest(token), now, now + WINDOW_LIFE)
        return (token, WINDOW_LIFE) if place else None

    async def place(self, token: str) -> Place | None:
        """Tell what a window shows; None when it is closed."""
        async with self._store.look() as look:
            found = await look.window(_digest(token), self._clock())
        return Place(*found) if found else None

    async def close(self, token: str) -> None:
        """Close a window."""
        async with self._store.work() as work:
            await work.close_window(_digest(token))

    def history(self, channel: str) -> History:
        """Read the history of a channel."""
        return ChannelHistory(channel, self._store, self._live)

    def files(self, channel: str) -> Files:
        """Keep and read the files of a channel."""
        return ChannelFiles(channel, self._safe)


def _digest(token: str) -> str:
    """Digest a token; it is long and random, so a plain digest cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
