"""A small house of messengers that notices go out of, under a clock that a test moves."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from msgspec import structs

from bot.assistant import assemble
from bot.metrics import Metrics
from bot.notices.daytime import daytime
from bot.notices.notices import Author
from bot.organisation import Notices as Asked
from bot.sending.sender import Sender
from dialogs.notices.content import Content, Wording
from tests.bot.sending.test_sender import Messenger
from tests.worlds import knowledge

OLGA, IGOR = Author("olga", "Ольга"), Author("igor", "Игорь")
TEXT = "С 1 декабря наш офис на Ленина работает до 20:00."
MINUTE = timedelta(minutes=1)


def written(kind="service", text=TEXT, **changed):
    """Write a notice."""
    return Content("Часы работы", kind, {"ru": Wording(text)}, **changed)


class Named(Messenger):
    """A messenger by name, that remembers to whom it delivered what."""

    def __init__(self, name):
        super().__init__()
        self.name = name
        self.got = []

    async def perform(self, chat, request, again):
        """Deliver one, or fail."""
        done = await super().perform(chat, request, again)
        self.got.append((chat, request))
        return done


@dataclass
class House:
    """The assistant with its notices, and a sender for each messenger."""

    store: object
    clock: object
    messengers: dict = field(default_factory=dict)
    withheld: tuple = ()
    approval_above: int = 100
    library: object = None

    def __post_init__(self):
        known = knowledge()
        asked = structs.replace(
            known.organisation, notices=Asked(approval_above=self.approval_above)
        )
        self.assistant = assemble(
            replace(known, organisation=asked, library=self.library or known.library),
            self.store,
            self.clock,
            tuple(self.messengers),
            withheld=self.withheld,
        )
        self.notices, self.broadcasting = self.assistant.notices, self.assistant.broadcasting
        awake = daytime(knowledge().organisation.zone)
        self.senders = [
            Sender(one, self.store, Metrics(), self.clock, lambda: 0.5, awake=awake)
            for one in self.messengers.values()
        ]

    async def lines_up(self, *names):
        """Let messengers, or every one, be sent for, and stay so for an hour."""
        async with self.store.work() as work:
            for name in names or self.messengers:
                await work.take_line(name, "me", self.clock(), timedelta(hours=1))

    async def sent(self, content, by=OLGA):
        """Write, check and send a notice; return its number."""
        number = await self.notices.create(content, by)
        assert await self.notices.check(number, by) == ()
        await self.notices.send(number, await self.seen(number), by)
        return number

    async def seen(self, number):
        """Look at what stands there now, as the page shows it."""
        return (await self.notices.preview(number)).seen

    async def go(self, rounds=30):
        """Let the clock's part and the senders work until there is nothing to do."""
        for _ in range(rounds):
            busy = await self.broadcasting.step()
            for sender in self.senders:
                busy |= await sender.send_due()
            if not busy:
                return

    async def gather(self):
        """Let the clock's part work alone until all recipients are there."""
        while await self.broadcasting.step():
            pass

    async def state(self, number):
        """Read in which state a notice is, and why."""
        async with self.store.look() as look:
            one = await look.notice(number)
        return (one.state, one.because) if one.because else one.state

    async def counts(self, number):
        """Count the recipients by state, channel and reason."""
        async with self.store.look() as look:
            found = await look.notice_counts(number)
        return {(one.state, one.channel, one.reason): one.people for one in found}


async def house(store, clock, *names, withheld=(), approval_above=100):
    """Open a house of messengers."""
    messengers = {name: Named(name) for name in names}
    made = House(store, clock, messengers, withheld, approval_above)
    await made.lines_up()
    return made
