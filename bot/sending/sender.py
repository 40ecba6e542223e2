"""The sender of one messenger: claims what is due, keeps the pace, writes down what came of it."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from bot.channels.aside import HasAside
from bot.channels.base import Failure, Messenger, Undelivered
from bot.metrics import Metrics
from bot.notices.daytime import Awake, anywhere
from bot.sending.clearance import Withholding
from bot.sending.delivery import Result, Stuck, deliver
from bot.sending.governor import Governor
from bot.sending.remedies import Remedies, add, verdict
from bot.sending.settling import Settling
from storage.db import Store
from storage.outbox import Lane, Posted

LANES: Final[tuple[Lane, ...]] = ("dialog", "notice")

_LEASE: Final = timedelta(minutes=15)  # who takes the line over does not wait for it
_PATIENCE: Final = 2.0  # seconds between looks when nothing woke us
_ALIVE: Final = timedelta(hours=1)  # a messenger that took something within it takes messages
_FIRST_SILENCE: Final = 2.0  # seconds, doubled each time: a slip of the messenger's is soon over
_LONGEST_SILENCE: Final = 600.0

_log = logging.getLogger(__name__)


class Sender:
    """Sends what waits for one messenger, as long as this process has the line."""

    def __init__(  # noqa: PLR0913 — the parts of a sender, given once
        self,
        messenger: Messenger[Any],
        store: Store,
        metrics: Metrics,
        clock: Callable[[], datetime],
        luck: Callable[[], float] = random.random,
        withholding: Withholding | None = None,
        awake: Awake = anywhere,
        *,
        seconds: Callable[[], float] | None = None,
    ) -> None:
        """Set up the sender; ``seconds`` tells how many have gone by, the event loop's if None."""
        self._messenger = messenger
        self._store = store
        self._metrics = metrics
        self._sent = {lane: metrics.sent.labels(messenger.name, lane) for lane in LANES}
        self._lag = {lane: metrics.lag.labels(messenger.name, lane) for lane in LANES}
        self._clock = clock
        self._luck = luck
        self._withholding = withholding
        self._awake = awake
        self._governor = Governor(messenger.pace, seconds)
        if isinstance(messenger, HasAside):
            messenger.aside.join(self._governor.admit_aside, self._governor.count)
        self._settling = Settling(messenger.name, store, clock, self.wake)
        # About a second's worth at once: that much is in doubt after a crash.
        paces = (messenger.pace.per_second, messenger.pace.of_notices)
        self._at_once = {
            lane: max(4, min(500, int(pace))) for lane, pace in zip(LANES, paces, strict=True)
        }
        self._woken = {lane: asyncio.Event() for lane in LANES}
        self._closing = False
        self._taken_at: datetime | None = None
        self._silences = 0
        self.held_until: datetime | None = None
        self.held_because = ""

    def wake(self, lanes: Sequence[Lane] = ("dialog",)) -> None:
        """Look at once: something may be waiting."""
        for lane in lanes:
            self._woken[lane].set()

    def close(self) -> None:
        """Begin nothing more, and end when what is under way has ended."""
        self._closing = True
        self.wake(LANES)

    def obey(self, until: datetime, because: str) -> None:
        """Keep silent until a moment, as the messenger had asked before this start."""
        seconds = (until - self._clock()).total_seconds()
        if seconds > 0:
            # It may have been our own guess. If it was not, an answer to a press hears so again.
            self._hold(seconds, because, asked=False)

    async def run(self) -> None:
        """Send until closed; it may be run again."""
        async with asyncio.TaskGroup() as tasks:
            settling = tasks.create_task(self._settling.run())
            async with asyncio.TaskGroup() as lanes:
                for lane in LANES:
                    lanes.create_task(self._send_lane(lane))
            await self._settling.settled()
            settling.cancel()
        self._closing = False

    async def send_due(self) -> bool:
        """Send a batch of what is due now and write down the results; tell whether any was."""
        claimed = await self._claim(LANES, self._at_once["dialog"])
        await asyncio.gather(*(self._send_in_order(chat) for chat in _by_chat(claimed)))
        gathered, self._settling.gathered = self._settling.gathered, Remedies()
        await self._settling.commit(gathered)
        return bool(claimed)

    async def _send_lane(self, lane: Lane) -> None:
        """Keep a second's worth of chats under way, each sent in order."""
        under_way: set[asyncio.Task[None]] = set()
        # Dialogs are claimed as they come, notices a good many at a time.
        at_once = self._at_once[lane]
        room = 1 if lane == "dialog" else at_once // 2

        def freed(task: asyncio.Task[None]) -> None:
            under_way.discard(task)
            if at_once - len(under_way) == room:
                self._woken[lane].set()

        async with asyncio.TaskGroup() as tasks:
            while not self._closing:
                self._woken[lane].clear()
                free = at_once - len(under_way)
                claimed = await self._try_to_claim(lane, free) if free >= room else []
                if self._closing:
                    self._give_back(claimed)
                    break
                for chat in _by_chat(claimed):
                    task = tasks.create_task(self._send_in_order(chat))
                    under_way.add(task)
                    task.add_done_callback(freed)
                if not claimed:
                    await self._sleep(lane)

    async def _sleep(self, lane: Lane) -> None:
        try:
            await asyncio.wait_for(self._woken[lane].wait(), _PATIENCE)
        except TimeoutError:
            return

    async def _try_to_claim(self, lane: Lane, limit: int) -> Sequence[Posted]:
        if self._is_held():
            return []
        try:
            return await self._claim((lane,), limit)
        except Exception as error:  # noqa: BLE001 — the database may be back at the next look
            _log.error("%s: sending broke off: %s", self._messenger.name, type(error).__name__)
            return []

    async def _claim(self, lanes: Sequence[Lane], limit: int) -> Sequence[Posted]:
        name, now = self._messenger.name, self._clock()
        async with self._store.work() as work:
            claimed = await work.claim(name, now, _LEASE, limit, lanes)
            if "notice" in lanes and len(claimed) < limit:
                room = limit - len(claimed)
                claimed += await work.claim_recipients(name, self._awake(now), now, room)
        return claimed

    def _give_back(self, claimed: Sequence[Posted]) -> None:
        """Let others send what was being claimed while we were told to close."""
        for posted in claimed:
            closing = Undelivered(Failure.LATER, "closing", after=0.0)
            self._took(Stuck(posted, closing, posted.done))

    async def _send_in_order(self, messages: Sequence[Posted]) -> None:
        """Send messages of one chat until one of them holds up the rest."""
        for posted in messages:
            result = await self._deliver(posted)
            if not self._took(result):
                return

    async def _deliver(self, posted: Posted) -> Result:
        async def send(cleared: Posted) -> Result:
            return await deliver(self._messenger, cleared, self._clock(), self._admit)

        return await (self._withholding.send(posted, send) if self._withholding else send(posted))

    async def _admit(self, posted: Posted) -> None:
        await self._governor.admit(posted.chat_id, posted.lane)

    def _took(self, result: Result) -> bool:
        """Gather a result; tell whether the next message of the chat may go."""
        name, now = self._messenger.name, self._clock()
        if isinstance(result, Stuck):
            result = self._heeded(result)
            outcome = verdict(result, patient=self._is_patient(now))
            self._metrics.undelivered.labels(name, outcome).inc()
            if outcome == "failed":
                _log.error("%s refused a message: %s", name, result.failure.reason)
        else:
            self._taken_at, self._silences = now, 0
            self._sent[result.posted.lane].inc()
            lag = (now - result.posted.message.at).total_seconds()
            self._lag[result.posted.lane].observe(max(0.0, lag))
        gathered = self._settling.gathered
        goes_on = add(gathered, result, now, self._luck(), patient=self._is_patient(now))
        self._settling.stir(at_once=not result.posted.notice)
        return goes_on

    def _heeded(self, stuck: Stuck) -> Stuck:
        """Silence the whole bot where its messenger asks for it, or lets it send nothing."""
        failure = stuck.failure
        if not failure.all_chats:
            return stuck
        seconds, asked = failure.after, failure.after is not None and not failure.guess
        if seconds is None:
            self._silences += 1
            seconds = min(_FIRST_SILENCE * 2 ** min(self._silences - 1, 20), _LONGEST_SILENCE)
        self._hold(seconds, failure.reason, asked=asked)
        self._settling.gathered.hold = (self._clock() + timedelta(seconds=seconds), failure.reason)
        said = Undelivered(
            failure.failure, failure.reason, seconds, all_chats=True, unknown=failure.unknown
        )
        return Stuck(stuck.posted, said, stuck.done)

    def _hold(self, seconds: float, because: str, *, asked: bool) -> None:
        self._governor.silence(seconds, asked=asked)
        self.held_until = self._clock() + timedelta(seconds=seconds)
        self.held_because = because

    def _is_held(self) -> bool:
        return self.held_until is not None and self._clock() < self.held_until

    def _is_patient(self, now: datetime) -> bool:
        return self._taken_at is None or now - self._taken_at > _ALIVE


def _by_chat(claimed: Sequence[Posted]) -> list[list[Posted]]:
    lanes = groupby(claimed, key=lambda one: (one.chat_id, one.lane))
    return [list(chat) for _, chat in lanes]
