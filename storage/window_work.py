"""What can be asked of the database about windows."""

from datetime import datetime

from storage import retention, windows
from storage.chats import Address
from storage.run import Run


class WindowWork:
    """The part of a unit of work that is about windows."""

    _run: Run

    async def link_stands(self, chat_id: int, since: datetime) -> bool:
        """Tell whether a link made since a moment was sent to a chat and has not been used."""
        return await self._run(windows.stands, chat_id, since)

    async def make_link(self, digest: str, chat_id: int, now: datetime, until: datetime) -> None:
        """Make a link to a chat that opens it until a moment."""
        await self._run(windows.link, digest, chat_id, now, until)

    async def link_sent(self, digest: str, now: datetime) -> None:
        """Note that a link was sent."""
        await self._run(windows.sent, digest, now)

    async def open_window(
        self, link: str, digest: str, now: datetime, until: datetime
    ) -> Address | None:
        """Use a link up and open a window by it; None when the link opens nothing any more."""
        return await self._run(windows.open_window, link, digest, now, until)

    async def close_window(self, digest: str) -> None:
        """Close a window."""
        await self._run(windows.close, digest)

    async def forget_window_links(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` links that had ended earlier."""
        return await self._run(retention.window_links, before, limit)

    async def forget_windows(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` windows that had ended earlier."""
        return await self._run(retention.windows, before, limit)


class WindowLook:
    """The part of a look that is about windows."""

    _run: Run

    async def window(self, digest: str, now: datetime) -> Address | None:
        """Find the chat that a window shows; None when it is closed."""
        return await self._run(windows.place, digest, now)
