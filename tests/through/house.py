"""The whole shell on a database of its own, with a clock that stands where a script puts it."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.assistant import Assistant, Knowledge, Proving, assemble
from bot.codes import Codes
from bot.deciding import Deciding
from bot.extract.numbers import new_number
from bot.gateway import DemonstrationInbox
from bot.register.own import OwnRegister
from bot.register.port import RegisterBusy
from bot.reminding import wake_due
from bot.takeover.lapsing import move_due
from bot.takeover.leading import Leading, Representative
from dialogs.incoming import Scanned
from dialogs.paper import PaperPolicy
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


class ToldScans:
    """Says of a photo what a script says; how barcodes are read is their own tests' affair."""

    def __init__(self) -> None:
        self.told: str = ""

    def doers(self):
        """Say who does what."""
        return {"scan": self._scan}

    async def _scan(self, claimed):
        """See what was told."""
        files = tuple(claimed.errand.wish["files"])
        match self.told.split(maxsplit=3):
            case [sex, born_on, enp, name]:
                day = date.fromisoformat(born_on)
                return Scanned(files, PaperPolicy(enp, *name.split("|"), sex, day, None))
        return Scanned(files, instead=self.told)


@dataclass
class House:
    """An assistant and everything that happens to it from behind.

    ``phone`` is what the messenger tells with every message, empty when it tells none.
    """

    assistant: Assistant
    clock: Clock
    register: MoodyRegister
    inbox: DemonstrationInbox
    deciding: Deciding
    leading: Leading
    scans: ToldScans
    channel: str
    phone: str = ""
    decisions: int = field(default=0)

    @property
    def store(self) -> Store:
        """The database."""
        return self.assistant.store

    async def do_errands(self) -> None:
        """Look people up, send codes, have extracts made."""
        people, *_ = self.assistant.errands
        while await people.do_due():
            pass

    async def scan(self, told: str) -> None:
        """Look at the photos, and see in them what a script tells."""
        _, photos, *_ = self.assistant.errands
        self.scans.told = told
        while await photos.do_due():
            pass

    async def wake(self) -> None:
        """Wake whoever asked to be reminded by now."""
        await wake_due(self.store, self.assistant.turns, self.clock())

    async def lead(self, chat: str, verb: str, given: str) -> None:
        """Let a representative do something with the talk of a chat."""
        async with self.store.look() as look:
            found = await look.chat(self.channel, chat)
            talk = await look.open_talk(found.id)
        self.decisions += 1
        key, desk = str(self.decisions), self.leading
        by = Representative(talk.representative, talk.representative_name)
        match verb:
            case "claims":
                await desk.claim(talk.id, Representative(given, given), key=key)
            case "replies":
                await desk.reply(talk.id, by, given, seen=found.last_seq, key=key)
            case "passes":
                to = Representative(given, given) if given else None
                await desk.pass_on(talk.id, by, to, "", key=key)
            case "gives_back":
                await desk.give_back(talk.id, by, key=key)
            case "takes_up":
                await desk.take_up(talk.id, by, key=key)
            case "closes":
                await desk.close(talk.id, by, given, key=key)
            case "hands":
                form, step, answers = given.split(maxsplit=2)
                await desk.hand_into(talk.id, by, form, step, json.loads(answers), key=key)
            case "lapses":
                self.clock.now = talk.due_at
                await move_due(self.store, self.assistant.turns, self.clock())

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
    url: str,
    clock: Clock,
    channel: str,
    *,
    sends_codes: bool,
    vouches: bool,
    pushed: bool,
    phone: str = "",
) -> AsyncIterator[House]:
    """Open the house, on a database that has the demonstration's people."""
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
    scans = ToldScans()
    assistant = assemble(
        TestedKnowledge(known.words, known.library, known.organisation),
        store,
        clock,
        (channel,) if pushed else (),
        proving,
        calls=True,
        scanning=scans,
    )
    try:
        async with running(assistant.turns):
            deciding = Deciding(assistant.turns, store, clock)
            lease = known.organisation.desk.lease
            leading = Leading(assistant.turns, store, clock, assistant.live, lease)
            yield House(assistant, clock, register, inbox, deciding, leading, scans, channel, phone)
    finally:
        await store.close()
