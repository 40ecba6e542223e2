"""The whole shell on a database of its own, with a clock that stands where a script puts it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.assistant import Assistant, Knowledge, Proving, assemble
from bot.codes import Codes
from bot.deciding import Deciding
from bot.extract.numbers import new_number
from bot.gateway import DemonstrationInbox
from bot.register.own import OwnRegister
from bot.register.port import RegisterBusy
from bot.reminding import wake_due
from dialogs.world import World
from storage.db import Store
from tests.bot.turning import running
from tests.worlds import ALL_FORMS, knowledge, world


class TestedKnowledge(Knowledge):
    """What the assistant knows, and the small forms of the tests beside the real ones."""

    __test__ = False  # pytest is not to collect it

    def worlds(self, **means) -> Callable[[datetime], World]:
        """Make the maker of each turn's world."""
        real, words = super().worlds(**means), world().words
        return lambda now: replace(real(now), words=words, forms=ALL_FORMS)


@dataclass
class Clock:
    """Time goes on only when told."""

    now: datetime

    def __call__(self) -> datetime:
        """Tell the time, in UTC."""
        return self.now.astimezone(UTC)


class MoodyRegister(OwnRegister):
    """Our own register, which does not answer while it is ``busy``."""

    busy = False

    async def by_enp(self, enp):
        """Find the person of an ЕНП."""
        self._answer()
        return await super().by_enp(enp)

    async def by_phone(self, phone):
        """Find the people of a phone."""
        self._answer()
        return await super().by_phone(phone)

    def _answer(self) -> None:
        if self.busy:
            raise RegisterBusy("told so by a script")


async def _made(insured, whose):
    """Give an extract its number; drawing it is the extract's own tests' affair."""
    return new_number()


@dataclass
class House:
    """An assistant and everything that happens to it from behind."""

    assistant: Assistant
    clock: Clock
    register: MoodyRegister
    inbox: DemonstrationInbox
    deciding: Deciding
    channel: str
    decisions: int = field(default=0)

    @property
    def store(self) -> Store:
        """The database."""
        return self.assistant.store

    async def do_errands(self) -> None:
        """Look people up, send codes, have extracts made."""
        while await self.assistant.errands.do_due():
            pass

    async def wake(self) -> None:
        """Wake whoever asked to be reminded by now."""
        await wake_due(self.store, self.assistant.turns, self.clock())

    def code(self) -> str:
        """Read the newest code on the phone."""
        return next(word for word in self.inbox.shown[0].text.split() if word.strip(".").isdigit())

    async def decide(self, number: str, state: str, reason: str, steps: tuple[str, ...]) -> None:
        """Let a representative decide an application."""
        self.decisions += 1
        key, desk = str(self.decisions), self.deciding
        match state:
            case "in_review":
                await desk.take(number, "Анна", key=key)
            case "submitted":
                await desk.release(number, "Анна", key=key)
            case "needs_clarification":
                await desk.clarify(number, "Анна", steps, reason, key=key)
            case "approved":
                await desk.approve(number, "Анна", key=key)
            case "rejected":
                await desk.reject(number, "Анна", reason, key=key)
            case "completed":
                await desk.complete(number, "Анна", key=key)
            case _:
                raise AssertionError(state)


@asynccontextmanager
async def house(
    url: str, clock: Clock, channel: str, *, sends_codes: bool, vouches: bool, pushed: bool
) -> AsyncIterator[House]:
    """Open the house inside the block, on a database that has the demonstration's people."""
    store = await Store.open(url)
    known, inbox = knowledge(), DemonstrationInbox(clock)
    register = MoodyRegister(store)
    proving = Proving(
        register,
        inbox if sends_codes else None,
        Codes("secret"),
        _made,
        frozenset({channel} if vouches else ()),
    )
    assistant = assemble(
        TestedKnowledge(known.words, known.library, known.organisation),
        store,
        clock,
        (channel,) if pushed else (),
        proving,
    )
    try:
        async with running(assistant.turns):
            deciding = Deciding(assistant.turns, store, clock)
            yield House(assistant, clock, register, inbox, deciding, channel)
    finally:
        await store.close()
