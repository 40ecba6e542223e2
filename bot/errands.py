"""Doing errands: what others are slow at, outside of turns, a few at a time.

None of it happens inside a turn. An errand is written down with the turn that wants it and
settled with what came of it, so a crash repeats one and loses none.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.channels.base import Intake
from bot.letters import Answer, Reply
from storage.db import Store
from storage.errands import Claimed, Kind

_LEASE: Final = timedelta(minutes=1)
_AT_ONCE: Final = 8
_PATIENCE: Final = 2.0  # seconds between looks when nothing woke us

Do: TypeAlias = Callable[[Claimed], Awaitable[Answer | None]]
"""Does an errand and returns the answer to it, None when it is settled without one."""

_log = logging.getLogger(__name__)


class Errands:
    """Does what waits of some kinds, so that slow kinds keep no others waiting.

    What a process that died had taken waits for the length of the ``lease``.
    """

    def __init__(
        self,
        store: Store,
        turns: Intake,
        clock: Callable[[], datetime],
        doers: Mapping[Kind, Do],
        at_once: int = _AT_ONCE,
        lease: timedelta = _LEASE,
    ) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock
        self._doers = doers
        self._at_once = at_once
        self._lease = lease
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """Look at once: something may be waiting."""
        self._woken.set()

    def close(self) -> None:
        """End; what waits is done after the next start."""
        self._closing = True
        self._woken.set()

    async def run(self) -> None:
        """Do errands until closed."""
        while not self._closing:
            self._woken.clear()
            try:
                while await self.do_due() and not self._closing:
                    pass
            except Exception as error:  # noqa: BLE001 — the database may be back at the next look
                _log.error("errands broke off: %s", type(error).__name__)
            if self._closing:
                return
            try:
                await asyncio.wait_for(self._woken.wait(), _PATIENCE)
            except TimeoutError:
                continue

    async def do_due(self) -> bool:
        """Do what is due now; tell whether there was anything."""
        now, kinds = self._clock(), tuple(self._doers)
        async with self._store.look() as look:
            if not await look.has_errands(now, kinds):
                return False
        async with self._store.work() as work:
            claimed_now = await work.claim_errands(now, self._lease, self._at_once, kinds)
        results = await asyncio.gather(
            *(self._do(one) for one in claimed_now), return_exceptions=True
        )
        for error in (one for one in results if isinstance(one, BaseException)):
            _log.error("an errand failed and is tried again: %s", type(error).__name__)
        return bool(claimed_now)

    async def _do(self, claimed: Claimed) -> None:
        answer = await self._doers[claimed.errand.kind](claimed)
        if answer is not None:
            await self._turns.take(
                Reply(
                    channel=claimed.channel,
                    chat=claimed.address,
                    key=f"errand:{claimed.errand.id}",
                    incoming=answer,
                    sent_at=self._clock(),
                    errand=claimed.errand.id,
                )
            )
