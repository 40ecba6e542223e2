"""Living through what the assistant will say unasked, with a clock that runs ahead."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.assistant import Assistant, Knowledge, assemble, turning
from bot.reminding import alarm
from dialogs.message import Message
from storage.chats import Chat
from storage.copying import copy_waiting
from storage.db import Store
from storage.reminders import Due

_PAGE: Final = 64
_LEASE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Woken:
    """One reminder come due: where and why, and what was said; often nothing.

    ``zone`` is the person's own, empty when it is the organisation's.
    """

    at: datetime
    due: Due
    zone: str
    said: Sequence[Message] = field(repr=False)


class Rehearsal:
    """The future of a copy, of so many ``chats``. What is said in it reaches nobody."""

    def __init__(self, assistant: Assistant, clock: "RunningAhead", chats: int) -> None:
        self.chats = chats
        self._store = assistant.store
        self._turns = assistant.turns
        self._clock = clock

    async def until(self, end: datetime) -> AsyncIterator[Woken]:
        """Wake every conversation up to a moment, in the order of time.

        What is already late when the rehearsal begins comes at its beginning, as after a
        downtime.
        """
        while (moment := await self._next()) and moment <= end:
            self._clock.now = max(self._clock.now, moment)
            async with self._store.work() as work:
                page = await work.claim_reminders(self._clock.now, _LEASE, _PAGE)
            for due in page:
                yield await self._wake(due)

    async def _next(self) -> datetime | None:
        async with self._store.look() as look:
            return await look.next_reminder()

    async def _wake(self, due: Due) -> Woken:
        async with self._store.look() as look:
            chat = await look.chat(due.channel, due.address)
        await self._turns.take(alarm(due, self._clock.now))
        async with self._store.look() as look:
            said = await look.messages_after(
                due.channel, due.address, chat.last_seq if chat else 0, _PAGE
            )
        return Woken(self._clock.now, due, _zone(chat), said)


@dataclass(slots=True)
class RunningAhead:
    """A clock that is set."""

    now: datetime

    def __call__(self) -> datetime:
        """Tell the time of the rehearsal."""
        return self.now


@asynccontextmanager
async def rehearsing(
    url: str, knowledge: Knowledge, begins: datetime, person: str = ""
) -> AsyncIterator[Rehearsal]:
    """Copy what waits into a file that is gone afterwards, and give its future.

    ``person`` leaves all others out, see `storage.copying.copy_waiting`.
    """
    with TemporaryDirectory(prefix="polis-rehearsal-") as folder:
        copy = f"sqlite:///{Path(folder) / 'rehearsal.db'}"
        chats = await copy_waiting(url, copy, person)
        store, clock = await Store.open(copy), RunningAhead(begins)
        try:
            assistant = assemble(knowledge, store, clock=clock)
            async with turning(assistant):
                yield Rehearsal(assistant, clock, chats)
        finally:
            await store.close()


def _zone(chat: Chat | None) -> str:
    """Find the zone that the person has named; empty when it is the organisation's."""
    match chat and chat.session:
        case {"zone": str(zone)}:
            return zone
    return ""
