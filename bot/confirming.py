"""What messengers tell of messages they took, written down together.

Each message of a notice brings two or three statuses, each in a call of its own. Whatever has
come while the last commit ran is the next one.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.base import Receipt
from storage.db import Store
from storage.receipts import Told


@dataclass(slots=True)
class _Batch:
    told: dict[str, list[Told]] = field(default_factory=dict)
    is_written: bool = False


class Confirming:
    """Writes receipts down in batches."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._turn = asyncio.Lock()
        self._next = _Batch()

    async def confirm(self, channel: str, receipts: Sequence[Receipt]) -> None:
        """Return once all of it is durable; a state only moves forward.

        When the database refuses, each of those who wait tries once for all of them.
        """
        batch = self._next
        batch.told.setdefault(channel, []).extend(map(_told, receipts))
        async with self._turn:
            if batch.is_written:
                return
            if batch is self._next:
                self._next = _Batch()
            await self._write(batch)
            batch.is_written = True

    async def _write(self, batch: _Batch) -> None:
        now = self._clock()
        async with self._store.work() as work:
            for channel, told in batch.told.items():
                gone = await work.confirm(channel, told, now)
                gone += await work.heard_of_recipients(channel, told, now)
                if gone:
                    await work.gone(gone, now)


def _told(one: Receipt) -> Told:
    failure = one.failure.value if one.failure else ""
    return Told(one.name, one.state, failure, one.reason, one.chat, one.seq)
