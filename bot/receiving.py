"""What messengers hand in: letters for turns, receipts for messages, refusals for a counter."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from bot.channels.base import Arrival, Intake, Letter, Receipt
from bot.metrics import Metrics
from storage.db import Store
from storage.receipts import Told


class Receiving:
    """Takes in what updates say; satisfies `bot.channels.base.Arrivals`."""

    def __init__(
        self, store: Store, turns: Intake, metrics: Metrics, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._turns = turns
        self._metrics = metrics
        self._clock = clock

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Return once all of it is durable; a repeat is a no-op; raises `Busy`."""
        by_chat = sorted((one.letter for one in arrivals), key=lambda one: one.chat)
        chats = [list(letters) for _, letters in groupby(by_chat, key=lambda one: one.chat)]
        ends = await asyncio.gather(*map(self._in_order, chats), return_exceptions=True)
        for error in (end for end in ends if isinstance(end, BaseException)):
            raise error

    async def _in_order(self, letters: Sequence[Letter]) -> None:
        """Take one after another: none overtakes one that has to be handed in again."""
        for letter in letters:
            await self._turns.take(letter)

    async def confirm(self, channel: str, receipts: Sequence[Receipt]) -> None:
        """Note what became of messages; a state only moves forward."""
        told = [
            Told(one.name, one.state, one.failure.value if one.failure else "", one.reason)
            for one in receipts
        ]
        now = self._clock()
        async with self._store.work() as work:
            gone = await work.confirm(channel, told, now)
            if gone:
                await work.gone(gone, now)
        for one in told:
            self._metrics.receipts.labels(channel, one.state).inc()

    def refused(self, channel: str, why: str) -> None:
        """Count a request that was forged, malformed or too large."""
        self._metrics.unwelcome.labels(channel, why).inc()
