"""What messengers hand in: letters for turns, receipts for messages, refusals for a counter.

A letter without files goes straight into a turn. One with files is kept, sealed, and answered
for before they are fetched; what the same person sends meanwhile waits behind it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from bot.channels.base import Arrival, Intake, Receipt
from bot.confirming import Confirming
from bot.metrics import Metrics
from bot.parcels import Parcels
from storage.chats import Address
from storage.db import Store


class Receiving:
    """Takes in what updates say; satisfies `bot.channels.base.Arrivals`."""

    def __init__(
        self,
        store: Store,
        turns: Intake,
        parcels: Parcels,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._turns = turns
        self._parcels = parcels
        self._metrics = metrics
        self._clock = clock
        self._queues = _Queues(store)
        self._confirming = Confirming(store, clock)
        self._on_files: Callable[[], None] = _nothing

    def on_files(self, listener: Callable[[], None]) -> None:
        """Tell someone when files have to be fetched."""
        self._on_files = listener

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Return once all of it is durable; a repeat is a no-op; raises `Busy`."""
        ordered = sorted(arrivals, key=_place)
        chats = {place: list(one) for place, one in groupby(ordered, key=_place)}
        waiting = await self._queues.among(set(chats))
        ends = await asyncio.gather(
            *(self._in_order(one, place in waiting) for place, one in chats.items()),
            return_exceptions=True,
        )
        for error in (end for end in ends if isinstance(end, BaseException)):
            raise error

    async def _in_order(self, arrivals: Sequence[Arrival], is_waiting: bool) -> None:
        """Take one after another: none overtakes one that has to wait or be handed in again."""
        for place, arrival in enumerate(arrivals):
            if is_waiting or arrival.files:
                await self._keep(arrivals[place:])
                return
            await self._turns.take(arrival.letter)

    async def _keep(self, arrivals: Sequence[Arrival]) -> None:
        kept = [await self._parcels.seal(one) for one in arrivals]
        async with self._store.work() as work:
            await work.keep_arrivals(kept)
        self._on_files()

    async def confirm(self, channel: str, receipts: Sequence[Receipt]) -> None:
        """Note what became of messages; a state only moves forward."""
        await self._confirming.confirm(channel, receipts)
        for one in receipts:
            self._metrics.receipts.labels(channel, one.state).inc()

    def refused(self, channel: str, why: str) -> None:
        """Count a request that was forged, malformed or too large."""
        self._metrics.unwelcome.labels(channel, why).inc()


@dataclass(slots=True)
class _Batch:
    places: set[Address] = field(default_factory=set)
    waiting: set[Address] | None = None


class _Queues:
    """Knows where something waits; one look serves all who ask while the last one ran."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._next = _Batch()

    async def among(self, places: set[Address]) -> set[Address]:
        """Tell in which of these chats something waits."""
        batch = self._next
        batch.places |= places
        async with self._turn:
            if batch.waiting is None:
                self._next = _Batch()
                async with self._store.look() as look:
                    batch.waiting = await look.waiting_chats(batch.places)
        return batch.waiting & places


def _place(arrival: Arrival) -> Address:
    return arrival.letter.channel, arrival.letter.chat


def _nothing() -> None:
    pass
