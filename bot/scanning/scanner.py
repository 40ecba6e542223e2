"""Scanning beside the event loop: one photo at a time, in a thread of its own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.channels.base import Busy

if TYPE_CHECKING:
    from bot.scanning.reading import Seen

_QUEUE: Final = 4  # photos waiting, each of them in memory and each up to three seconds


class Scanner:
    """Reads photos of paper policies; memory is bounded by the largest photo."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "scanning")
        self._waiting = 0

    async def scan(self, content: bytes, today: date) -> "Seen":
        """Read a photo, JPEG or PNG, see `bot.scanning.reading.scan`; raises `Busy`."""
        from bot.scanning.reading import scan  # noqa: PLC0415 — heavy, and few send photos

        if self._waiting >= _QUEUE:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._thread, scan, content, today
            )
        finally:
            self._waiting -= 1
