"""What can be asked of the database about what is on its way to people."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from storage import claiming, outbox
from storage.outbox import Lane, Posted, Posting
from storage.run import Run


class OutboxWork:
    """The part of a unit of work that is about what is on its way to people."""

    _run: Run

    async def post(self, postings: Iterable[Posting]) -> None:
        """Put recorded messages into the outbox."""
        await self._run(outbox.post, postings)

    async def claim(
        self,
        channel: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        lanes: Sequence[Lane] = ("dialog", "notice"),
    ) -> list[Posted]:
        """Take what is due in at most ``limit`` chats, dialogs first, until the lease lapses.

        The messages of a chat stand together: send them one after another.
        """
        return await self._run(claiming.claim, channel, now, lease, limit, lanes)

    async def sent(self, receipts: Iterable[tuple[int, str]], now: datetime) -> None:
        """Settle claimed messages by id, each with the channel's name for it."""
        await self._run(outbox.sent, receipts, now)

    async def failed(self, refusals: Iterable[tuple[int, str]], now: datetime) -> None:
        """Settle claimed messages by id as never to be sent, each with the reason."""
        await self._run(outbox.failed, refusals, now)

    async def later(self, holds: Iterable[tuple[int, datetime]]) -> None:
        """Hold whole chats, by id, until a moment each."""
        await self._run(outbox.later, holds)

    async def gone(self, chat_ids: Iterable[int], now: datetime) -> None:
        """Note that people refuse our messages, and drop what was on its way to them."""
        await self._run(outbox.gone, chat_ids, now)


class OutboxLook:
    """The part of a look that is about what is on its way to people."""

    _run: Run

    async def outbox_depth(self) -> dict[str, int]:
        """Count what is waiting to be sent, by channel."""
        return await self._run(outbox.depth)
