"""What can be asked of the database about messengers at work."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage import lines, outbox, receipts, retention
from storage.lines import Line
from storage.receipts import Told
from storage.run import Run


class LineWork:
    """The part of a unit of work that is about messengers at work."""

    _run: Run

    async def take_line(
        self, channel: str, me: str, now: datetime, lease: timedelta
    ) -> Line | None:
        """Take or keep the line of a bot; None while another process has it."""
        return await self._run(lines.take, channel, me, now, lease)

    async def leave_line(self, channel: str, me: str) -> None:
        """Let another process have the line at once."""
        await self._run(lines.leave, channel, me)

    async def hold_line(self, channel: str, until: datetime, reason: str) -> None:
        """Remember until when a messenger wants silence of the whole bot, and why."""
        await self._run(lines.hold, channel, until, reason)

    async def unknown(self, doubts: Iterable[tuple[int, str]], now: datetime) -> None:
        """Settle messages by id of which nobody knows whether they arrived, with the reason."""
        await self._run(outbox.unknown, doubts, now)

    async def progress(self, steps: Iterable[tuple[int, int, bool]]) -> None:
        """Note how many requests have been performed for messages by id, and if it counts."""
        await self._run(outbox.progress, steps)

    async def confirm(self, channel: str, told: Iterable[Told], now: datetime) -> list[int]:
        """Note what became of messages; return the ids of chats that can be reached no more."""
        return await self._run(receipts.confirm, channel, told, now)

    async def failed_before(self, channel: str, names: list[str], now: datetime) -> list[int]:
        """Fail messages just sent whose receipt came first; return the chats that are gone."""
        return await self._run(receipts.failed_before, channel, names, now)

    async def forget_receipts(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` things that messengers told of messages earlier."""
        return await self._run(retention.receipts, before, limit)
