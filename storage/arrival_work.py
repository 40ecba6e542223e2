"""What can be asked of the database about arrivals that wait."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from storage import arrivals
from storage.arrivals import Kept, Waiting
from storage.chats import Address
from storage.run import Run


class ArrivalWork:
    """The part of a unit of work that is about arrivals."""

    _run: Run

    async def keep_arrivals(self, kept: Sequence[Kept]) -> None:
        """Write arrivals down, but those received before."""
        await self._run(arrivals.keep, kept)

    async def claim_arrivals(
        self, channels: Collection[str], now: datetime, lease: timedelta, limit: int
    ) -> list[Waiting]:
        """Take the first arrival of chats, each for as long as the lease."""
        return await self._run(arrivals.claim, channels, now, lease, limit)

    async def put_off_arrival(self, this: int, until: datetime) -> None:
        """Let an arrival wait until a moment."""
        await self._run(arrivals.put_off, this, until)

    async def forget_arrivals(self, ids: Iterable[int]) -> None:
        """Forget arrivals whose letter has had its turn."""
        await self._run(arrivals.done, ids)

    async def wake_arrivals(self, now: datetime) -> None:
        """At a start, take up at once what a process that died had claimed."""
        await self._run(arrivals.wake, now)


class ArrivalLook:
    """The part of a look that is about arrivals."""

    _run: Run

    async def waiting_chats(self, places: Iterable[Address]) -> set[Address]:
        """Tell in which of these chats something waits."""
        return await self._run(arrivals.waiting, places)

    async def album(self, channel: str, address: str, name: str, limit: int) -> list[Waiting]:
        """Read the arrivals of an album, in their order."""
        return await self._run(arrivals.album, channel, address, name, limit)
