"""Sending: messages leave the outbox in order, chat by chat, and each failure has its remedy."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.channels.base import Channel, Failure, Undelivered
from bot.metrics import Metrics
from storage.db import Store
from storage.outbox import Posted

_LEASE = timedelta(minutes=2)  # a claim of a process that died lapses after this
_CHATS = 50  # claimed at a time
_PATIENCE = 5.0  # seconds between looks when nothing woke us
_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=10)
_MOST_ATTEMPTS = 12

_log = logging.getLogger(__name__)


def pause(attempts: int, after: float | None) -> timedelta:
    """Tell how long to hold a chat after a failed attempt; the messenger's own word goes first."""
    if after is not None:
        return timedelta(seconds=after)
    doubled: timedelta = _FIRST_PAUSE * 2 ** (attempts - 1)
    return min(doubled, _LONGEST_PAUSE)


class Sender:
    """Sends what waits for one channel."""

    def __init__(
        self, channel: Channel, store: Store, metrics: Metrics, clock: Callable[[], datetime]
    ) -> None:
        self._channel = channel
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """Look at once: something may be waiting."""
        self._woken.set()

    def close(self) -> None:
        """Send what is waiting now, and end."""
        self._closing = True
        self._woken.set()

    async def run(self) -> None:
        """Send until closed."""
        while True:
            closing = self._closing
            self._woken.clear()
            try:
                while await self.send_due():
                    pass
            except Exception as error:  # noqa: BLE001 — the database may be back at the next look
                _log.error("%s: sending broke off: %s", self._channel.name, type(error).__name__)
            if closing:
                return
            try:
                await asyncio.wait_for(self._woken.wait(), _PATIENCE)
            except TimeoutError:
                continue

    async def send_due(self) -> bool:
        """Send a batch of what is due now; tell whether there was any."""
        async with self._store.work() as work:
            claimed = await work.claim(self._channel.name, self._clock(), _LEASE, _CHATS)
        chats = [list(group) for _, group in groupby(claimed, key=lambda one: one.chat_id)]
        await asyncio.gather(*(self._send_in_order(chat) for chat in chats))
        return bool(claimed)

    async def _send_in_order(self, messages: Sequence[Posted]) -> None:
        for posted in messages:
            try:
                name = await self._deliver(posted)
            except Undelivered as failure:
                self._metrics.undelivered.labels(self._channel.name, failure.failure.value).inc()
                if not await self._remedy(posted, failure):
                    return
            else:
                async with self._store.work() as work:
                    await work.sent([(posted.id, name)], self._clock())

    async def _deliver(self, posted: Posted) -> str:
        try:
            return await self._channel.send(posted.address, posted.message)
        except Undelivered:
            raise
        except Exception as error:  # a fault of the adapter must not stop the other chats
            raise Undelivered(Failure.LATER, type(error).__name__) from error

    async def _remedy(self, posted: Posted, failure: Undelivered) -> bool:
        """Do what the failure asks for; tell whether the chat's next message may go."""
        now = self._clock()
        # A messenger that says when to come again means it: that never uses patience up.
        given_up = posted.attempts >= _MOST_ATTEMPTS and failure.after is None
        async with self._store.work() as work:
            if failure.failure is Failure.GONE:
                await work.gone([posted.chat_id], now)
                return False
            if failure.failure is Failure.LATER and not given_up:
                held = now + pause(posted.attempts, failure.after)
                await work.later([(posted.chat_id, held)])
                return False
            await work.failed([(posted.id, failure.reason)], now)
        _log.error("%s refused a message: %s", self._channel.name, failure.reason)
        return True
