"""Lines: one messenger at work in this process, whatever happens to the others.

Of all processes on one database one has the line of a bot: it sends, it polls, it tells the
messenger where to call. The others take what the messenger's calls bring to them.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channels.base import Messenger, Undelivered
from bot.metrics import Metrics
from bot.notices.daytime import Awake, anywhere
from bot.sending.clearance import Withholding
from bot.sending.sender import Sender
from storage.db import Store

_LEASE: Final = timedelta(seconds=12)  # another process may send so long after this one died
_RENEWAL: Final = 4.0  # seconds
_FIRST_PAUSE: Final = 2.0  # seconds before a receiver that failed starts again, doubled
_LONGEST_PAUSE: Final = 300.0
_GOODBYE: Final = 5.0  # seconds that calls under way are given at a stop

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How a line is: ``is_ours`` when this process has it; ``troubles`` in plain English."""

    channel: str
    is_ours: bool
    troubles: tuple[str, ...]


class Line:
    """One messenger at work; ``reception`` says why nothing is received, empty if all is well."""

    def __init__(
        self,
        messenger: Messenger[Any],
        store: Store,
        metrics: Metrics,
        clock: Callable[[], datetime],
        withholding: Withholding | None = None,
        awake: Awake = anywhere,
    ) -> None:
        self.messenger = messenger
        self.sender = Sender(messenger, store, metrics, clock, withholding=withholding, awake=awake)
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._me = secrets.token_urlsafe(8)
        self._is_ours = False
        self.reception = ""
        self._closing = asyncio.Event()

    @property
    def name(self) -> str:
        """The channel's published name."""
        return self.messenger.name

    def state(self) -> State:
        """Tell how the line is now."""
        held = self.sender.held_until
        is_held = held is not None and held > self._clock()
        troubles = [f"held: {self.sender.held_because}"] if is_held else []
        if self.reception:
            troubles.append(f"not receiving: {self.reception}")
        self._metrics.held.labels(self.name).set(is_held)
        return State(self.name, self._is_ours, tuple(troubles))

    def close(self) -> None:
        """Stop receiving, and end when what is under way has been sent."""
        self._closing.set()

    async def run(self) -> None:
        """Work whenever the line is ours, until closed."""
        while not self._closing.is_set():
            if await self._take():
                await self._work()
            else:
                await self._rest(_RENEWAL)
        await self.messenger.close()

    async def _work(self) -> None:
        self._is_ours = True
        self._metrics.up.labels(self.name).set(1)
        try:
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(self.sender.run())
                receiving = tasks.create_task(self._receive())
                while not self._closing.is_set() and await self._take():
                    await self._rest(_RENEWAL)
                receiving.cancel()
                self.sender.close()
                await asyncio.wait([sending], timeout=_GOODBYE)
                sending.cancel()
        finally:
            self._is_ours = False
            self._metrics.up.labels(self.name).set(0)
        await self._leave()

    async def _take(self) -> bool:
        """Take or keep the line; without the database nobody may send."""
        try:
            async with self._store.work() as work:
                line = await work.take_line(self.name, self._me, self._clock(), _LEASE)
        except Exception as error:  # noqa: BLE001 — the database may be back at the next look
            _log.error("%s: the line cannot be had: %s", self.name, type(error).__name__)
            return False
        if line and not self._is_ours:
            self.sender.obey(line.held_until, line.reason)
        return line is not None

    async def _leave(self) -> None:
        try:
            async with self._store.work() as work:
                await work.leave_line(self.name, self._me)
        except Exception as error:  # noqa: BLE001 — it lapses by itself
            _log.error("%s: the line cannot be left: %s", self.name, type(error).__name__)

    async def _receive(self) -> None:
        """Receive, and begin again after a failure, each time a little later."""
        pause = _FIRST_PAUSE
        while True:
            began = asyncio.get_running_loop().time()
            self.reception = ""
            try:
                await self.messenger.run()
                self.reception = "it ended by itself"
            except Undelivered as error:
                self.reception = error.reason
                pause = max(pause, error.after or 0.0)
            except Exception as error:  # noqa: BLE001 — one channel's fault stops no other
                self.reception = type(error).__name__
            _log.error("%s: not receiving: %s", self.name, self.reception)
            if asyncio.get_running_loop().time() - began > _LONGEST_PAUSE:
                pause = _FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return
