"""One scan of everybody at a time for those who look at notices, shared by whoever asks alike.

To count a million people keeps the database busy for seconds. Dialogs must not feel how many
operators try out conditions, so their counts go in single file, and one just made serves again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.notices.refusals import NotCounted
from storage.notice_gathering import Counted

PATIENCE: Final = 15.0  # seconds that somebody who looks waits, the line before them included
FRESH_FOR: Final = timedelta(seconds=15)
"""How long a count serves others once it is there; however slow it was, they need not repeat it."""
MOST_WAITING: Final = 8
_MOST_KEPT: Final = 32


@dataclass(frozen=True, slots=True)
class Made:
    """What a scan has found, as of the moment ``at`` when it began; it ended at ``until``."""

    at: datetime
    until: datetime
    counted: tuple[Counted, ...]


Scan = Callable[[], Awaitable[list[Counted]]]


class Turnstile:
    """Lets one scan through at a time, and keeps what the last few have found for a moment."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._gate = asyncio.Lock()
        self._waiting = 0
        self._kept: dict[Hashable, Made] = {}

    async def through(
        self, asked: Hashable, scan: Scan, *, anew: bool = False, patience: float = PATIENCE
    ) -> Made:
        """Give what a scan finds, one made within `FRESH_FOR` unless it has to be made ``anew``.

        Raises `NotCounted` when too many wait already, or it takes longer than ``patience``, in
        seconds. A scan that nobody waits for any more still holds the gate until it is through.
        """
        if not anew and (made := self._young(asked)):
            return made
        if self._waiting >= MOST_WAITING:
            raise NotCounted
        self._waiting += 1
        try:
            async with asyncio.timeout(patience):
                await self._gate.acquire()
                scanning = asyncio.ensure_future(self._scan(asked, scan, anew=anew))
                scanning.add_done_callback(_heard)
                return await asyncio.shield(scanning)
        except TimeoutError:
            raise NotCounted from None
        finally:
            self._waiting -= 1

    async def _scan(self, asked: Hashable, scan: Scan, *, anew: bool) -> Made:
        try:
            # Whoever stood before us in the line may have asked the same.
            made = None if anew else self._young(asked)
            if made is None:
                at = self._clock()
                counted = tuple(await scan())
                made = Made(at, self._clock(), counted)
                self._kept.pop(asked, None)
                self._kept[asked] = made
                while len(self._kept) > _MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
            return made
        finally:
            self._gate.release()

    def _young(self, asked: Hashable) -> Made | None:
        made = self._kept.get(asked)
        return made if made and timedelta(0) <= self._clock() - made.until < FRESH_FOR else None


def _heard(scanning: asyncio.Future[Made]) -> None:
    """Take note of an error that nobody waits for any more."""
    if not scanning.cancelled():
        scanning.exception()
