"""Results written down together: whatever has gathered while the last commit ran.

Those of notices gather a moment longer, so that one commit holds many; whoever is in a dialog
waits for none of it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.sending.remedies import Remedies
from storage.db import Store

_PAUSE = 1.0  # seconds after which a failed commit is tried again
_MOMENT = 0.2  # seconds that results of notices gather

_log = logging.getLogger(__name__)


class Settling:
    """Gathers results of one channel and commits them in batches."""

    def __init__(
        self,
        channel: str,
        store: Store,
        clock: Callable[[], datetime],
        on_commit: Callable[[], None],
    ) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._on_commit = on_commit
        self.gathered = Remedies()
        self._stirred = asyncio.Event()
        self._urgent = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def stir(self, *, at_once: bool = True) -> None:
        """Have what was gathered written down, now or in a moment."""
        self._idle.clear()
        self._stirred.set()
        if at_once:
            self._urgent.set()

    async def settled(self) -> None:
        """Return when all that was gathered is durable."""
        self._urgent.set()
        await self._idle.wait()

    async def run(self) -> None:
        """Commit until cancelled."""
        while True:
            await self._stirred.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._urgent.wait(), _MOMENT)
            self._stirred.clear()
            self._urgent.clear()
            batch, self.gathered = self.gathered, Remedies()
            while not await self._committed(batch):  # noqa: ASYNC110 — the database tells nobody
                await asyncio.sleep(_PAUSE)
            self._on_commit()
            if not self._stirred.is_set():
                self._idle.set()

    async def _committed(self, batch: Remedies) -> bool:
        try:
            await self.commit(batch)
        except Exception as error:  # noqa: BLE001 — the database may be back in a moment
            _log.error("%s: results not committed: %s", self._channel, type(error).__name__)
            return False
        return True

    async def commit(self, batch: Remedies) -> None:
        """Write one batch down."""
        now = self._clock()
        async with self._store.work() as work:
            await work.progress(batch.progress)
            if batch.sent:
                await work.sent(batch.sent, now)
                names = [name for _, name in batch.sent]
                batch.gone += await work.failed_before(self._channel, names, now)
            if batch.failed:
                await work.failed(batch.failed, now)
            if batch.unknown:
                await work.unknown(batch.unknown, now)
            if batch.later:
                await work.later(batch.later)
            if batch.gone:
                await work.gone(batch.gone, now)
            if batch.recipients:
                await work.settle_recipients(batch.recipients, now)
            if batch.hold:
                await work.hold_line(self._channel, *batch.hold)
