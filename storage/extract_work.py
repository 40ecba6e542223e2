"""What can be asked of the database about extracts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage import extracts, records
from storage.extracts import KeptExtract, Standing
from storage.run import Run


class ExtractWork:
    """The part of a unit of work that is about extracts."""

    _run: Run

    async def keep_extract(
        self, kept: KeptExtract, channel: str, address: str, again: timedelta
    ) -> KeptExtract:
        """Keep an extract for a chat; the one it got within ``again`` before stands instead."""
        return await self._run(extracts.keep, kept, channel, address, again)

    async def withdraw_extracts(self, numbers: Iterable[str], now: datetime) -> None:
        """Withdraw extracts by number; those withdrawn before keep their moment."""
        await self._run(extracts.withdraw, numbers, now)

    async def forget_extracts(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` extracts issued earlier; their numbers are unknown then."""
        return await self._run(records.extracts, before, limit)


class ExtractLook:
    """The part of a look that is about extracts."""

    _run: Run

    async def extract(self, channel: str, address: str, number: str) -> KeptExtract | None:
        """Look at an extract that was issued to this chat, and to no other."""
        return await self._run(extracts.one, channel, address, number)

    async def extract_holder(self, number: str) -> tuple[str, str] | None:
        """Name the chat, by channel and address, that a valid extract was issued to."""
        return await self._run(extracts.holder, number)

    async def latest_extract(
        self, channel: str, address: str, insured_id: int, since: datetime
    ) -> KeptExtract | None:
        """Look at the newest valid extract of a person that a chat has got since then."""
        return await self._run(extracts.latest, channel, address, insured_id, since)

    async def extract_standing(self, number: str) -> Standing | None:
        """Tell whether an extract holds; None when there never was one of this number."""
        return await self._run(extracts.standing, number)
