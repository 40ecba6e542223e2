"""Turns: whatever has gathered while the last commit ran is decided and committed together.

A turn is a pure function, so a batch of them is one transaction: admit, load, respond in
memory, write, commit. A letter is answered for only after its own commit.
"""

import asyncio
import logging
import traceback
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from bot import events
from bot.channels.base import Busy, Letter
from bot.conversing import Conversing
from bot.letters import Decision, OfStaff, Refused
from bot.metrics import Metrics
from bot.moving import carry, left_by
from bot.outcome import Outcome, write
from bot.recalling import Recalled, recall
from dialogs.move_events import AllHanded
from storage.db import Store
from storage.journal import Chain
from storage.work import Work

LARGEST = 64  # turns; larger batches gain nothing more and make the first one wait
_FULL = 10_000  # letters waiting; beyond it new ones are refused, so that memory is bounded
_DOUBTS = 2  # letters that fail alone one after another: then the database is at fault, not they

Listener: TypeAlias = Callable[[Collection[tuple[str, str]]], None]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    letter: Letter
    done: asyncio.Future[None] = field(repr=False)


class Turns:
    """Takes letters and lets each change one conversation, exactly once.

    ``pushed`` names the channels whose messages have to be sent; ``full`` is how many
    letters may wait; ``chain`` is the key of the journal, None where no desk is served.
    """

    def __init__(
        self,
        store: Store,
        conversing: Conversing,
        metrics: Metrics,
        clock: Callable[[], datetime],
        pushed: Collection[str] = (),
        full: int = _FULL,
        chain: Chain | None = None,
    ) -> None:
        self._store = store
        self._conversing = conversing
        self._metrics = metrics
        self._clock = clock
        self._pushed = frozenset(pushed)
        self._full = full
        self._chain = chain
        self._listeners: list[Listener] = []
        self._on_errand: Callable[[], None] = _nothing
        self._on_talk: Callable[[], None] = _nothing
        self._on_application: Callable[[], None] = _nothing
        self._waiting: deque[_Waiting] = deque()
        self._arrived = asyncio.Event()
        self._closing = False

    def on_commit(self, listener: Listener) -> None:
        """Tell someone after each commit which chats have news, as channel and address."""
        self._listeners.append(listener)

    def on_errand(self, listener: Callable[[], None]) -> None:
        """Tell someone after each commit that has left errands to be done."""
        self._on_errand = listener

    def on_talk(self, listener: Callable[[], None]) -> None:
        """Tell someone after each commit that has changed a talk, and so the queue."""
        self._on_talk = listener

    def on_application(self, listener: Callable[[], None]) -> None:
        """Tell someone after each commit that has filed, moved or handed on an application."""
        self._on_application = listener

    async def take(self, letter: Letter) -> None:
        """Return once the letter and all it caused are durable.

        Raises `Busy`, or what the database raised; then nothing was written, and the
        same letter may be handed in again.
        """
        if self._closing or len(self._waiting) >= self._full:
            raise Busy
        waiting = _Waiting(letter, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._arrived.set()
        began = asyncio.get_running_loop().time()
        await asyncio.shield(waiting.done)
        self._metrics.turn_seconds.observe(asyncio.get_running_loop().time() - began)

    async def run(self) -> None:
        """Commit batches until closed and all that was taken is committed."""
        while self._waiting or not self._closing:
            self._metrics.waiting.set(len(self._waiting))
            if not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            await self._commit(self._next_batch())

    def close(self) -> None:
        """Take no more; `run` ends after the last commit."""
        self._closing = True
        self._arrived.set()

    def _next_batch(self) -> list[_Waiting]:
        """Take the first letter of each chat, in the order of arrival."""
        batch: dict[tuple[str, str], _Waiting] = {}
        rest: deque[_Waiting] = deque()
        while self._waiting and len(batch) < LARGEST:
            waiting = self._waiting.popleft()
            place = (waiting.letter.channel, waiting.letter.chat)
            if place in batch:
                rest.append(waiting)
            else:
                batch[place] = waiting
        self._waiting.extendleft(reversed(rest))
        return list(batch.values())

    async def _commit(self, batch: Sequence[_Waiting]) -> Exception | None:
        """Commit a batch and tell those who wait; return what went wrong with all of it."""
        try:
            outcomes = await self._transact([waiting.letter for waiting in batch])
        except Exception as error:  # noqa: BLE001 — told to each one who waits
            if len(batch) > 1:
                await self._commit_apart(batch)
                return None
            if isinstance(error, Refused):
                _settle(batch, error)
                return None
            _log.error("turn not committed: %s\n%s", type(error).__name__, _where(error))
            _settle(batch, error)
            return error
        self._count(batch, outcomes)
        changed = [(one.chat.channel, one.chat.address) for one in outcomes]
        for listener in self._listeners:
            listener(changed)
        if any(one.people.errands for one in outcomes):
            self._on_errand()
        if any(one.talk for one in outcomes):
            self._on_talk()
        if any(one.filed or one.moved or one.handled for one in outcomes):
            self._on_application()
        _settle(batch, None)
        return None

    async def _commit_apart(self, batch: Sequence[_Waiting]) -> None:
        """Let the others go on when one is at fault, and nobody wait long when all would fail."""
        failed = 0
        for place, waiting in enumerate(batch):
            error = await self._commit([waiting])
            failed = failed + 1 if error else 0
            if error and failed == _DOUBTS:
                _settle(batch[place + 1 :], error)
                return

    async def _transact(self, letters: Sequence[Letter]) -> list[Outcome]:
        now = self._clock()
        async with self._store.work() as work:
            admitted = await work.admit([(one.channel, one.key) for one in letters], now)
            fresh = [one for one in letters if (one.channel, one.key) in admitted]
            if not fresh:
                return []
            places = {(one.channel, one.chat): one.language for one in fresh}
            givers = [left_by(one) for each in fresh if isinstance(one := each.incoming, AllHanded)]
            chats = await work.chats([*places, *givers], now, places)
            if givers:
                chats = await carry(work, fresh, chats, now)
            recalled = await recall(work, chats, fresh, self._conversing.codes, now)
            standing = [one for one in fresh if recalled.stands(one)]
            outcomes = [self._turn(one, recalled, now) for one in standing]
            if any(one.wants_line for one in outcomes):
                outcomes = await self._in_line(work, standing, outcomes, recalled, now)
            if asking := [one.chat.id for one in outcomes if one.wants_choices]:
                known = replace(recalled, chosen=await work.notice_choices(asking))
                outcomes = [
                    self._turn(letter, known, now) if one.wants_choices else one
                    for letter, one in zip(standing, outcomes, strict=True)
                ]
            await write(work, standing, outcomes, now, self._pushed, recalled.tally)
            entries = [entry for one in standing if (entry := _entry(one))]
            if entries and self._chain:
                await work.write_journal(self._chain, entries, now)
        return outcomes

    async def _in_line(
        self,
        work: Work,
        letters: Sequence[Letter],
        outcomes: Sequence[Outcome],
        recalled: Recalled,
        now: datetime,
    ) -> list[Outcome]:
        """Make those turns again that have to know how people wait for a representative."""
        line, again = await work.line(now), []
        for letter, outcome in zip(letters, outcomes, strict=True):
            if outcome.wants_line:
                outcome = self._turn(letter, replace(recalled, line=line), now)  # noqa: PLW2901
                if outcome.talk:
                    line = line.joined(outcome.chat.id, outcome.talk.talk.breach_at)
            again.append(outcome)
        return again

    def _turn(self, letter: Letter, recalled: Recalled, now: datetime) -> Outcome:
        chat = recalled.chats[letter.channel, letter.chat]
        try:
            return self._conversing.turn(chat, letter, recalled.of(letter), now)
        except Exception as error:  # ours, not the person's: parked and answered
            if isinstance(letter, Decision | OfStaff):
                raise  # for the one who did it: nothing of it may be written
            name, kind = type(error).__name__, events.kind_of(letter.incoming)
            _log.error("the core raised %s on %s\n%s", name, kind, _where(error))
            return self._conversing.apologise(chat, letter, now, name)

    def _count(self, batch: Sequence[_Waiting], outcomes: Sequence[Outcome]) -> None:
        self._metrics.batch.observe(len(batch))
        kinds = Counter(waiting.letter.channel for waiting in batch)
        for one in outcomes:
            kinds[one.chat.channel] -= 1
            self._metrics.turns.labels(one.chat.channel, "parked" if one.error else "done").inc()
            if one.first_reply:
                self._metrics.first_reply.observe(one.first_reply.total_seconds())
            for kind, count in one.missed.items():
                self._metrics.missed.labels(kind).inc(count)
        for channel, repeated in kinds.items():
            self._metrics.turns.labels(channel, "repeated").inc(repeated)


def _nothing() -> None:
    pass


def _entry(letter: Letter) -> tuple[str, str, str, str] | None:
    """Tell what the journal keeps of a deed of the staff."""
    entry = letter.entry if isinstance(letter, Decision | OfStaff) else None
    return (entry.login, entry.deed, entry.about, entry.purpose) if entry else None


def _settle(batch: Sequence[_Waiting], error: Exception | None) -> None:
    for waiting in batch:
        if waiting.done.done():
            continue
        if error is None:
            waiting.done.set_result(None)
        else:
            waiting.done.set_exception(error)


def _where(error: Exception) -> str:
    """Tell where it was raised; its message may hold what people said, so it is left out."""
    return "".join(traceback.format_tb(error.__traceback__))
