"""A chat that proves who it is, on a real database, with a gateway that shows its messages."""

import re
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter

from bot.assistant import Proving, assemble
from bot.channels.base import Letter
from bot.codes import Codes
from bot.demonstration import invented
from bot.gateway import DemonstrationInbox
from bot.register.own import OwnRegister
from dialogs.incoming import Pressed, Said
from tests.worlds import NOON, knowledge

PEOPLE = invented(NOON.date(), "00000")
ANNA, FATHER, CHILD, FOREIGNER = PEOPLE[:4]


async def make(insured, whose):
    """Stand in for what draws extracts."""
    return f"N-{insured.id}"


async def filled(store):
    """Fill the register with the demonstration's people."""
    async with store.work() as work:
        await work.keep_insured(PEOPLE)
    return store


def assistant_on(store, clock, register=None, making=make, *, sends_codes=True, **more):
    """Put an assistant together that lets people prove who they are."""
    inbox = DemonstrationInbox(clock)
    proving = Proving(
        register or OwnRegister(store),
        inbox if sends_codes else None,
        Codes("secret"),
        making,
        frozenset({"telegram"}),
    )
    return assemble(knowledge(), store, clock, proving=proving, **more), inbox


@dataclass
class Visitor:
    """Somebody in one chat, who may be who they say or not; ``took`` is the last answer's time."""

    assistant: object
    inbox: DemonstrationInbox
    clock: object
    chat: str = "anna"
    origin: str = "198.51.100.7"
    channel: str = "web"
    phone: str = ""
    took: float = 0.0
    keys: object = field(default_factory=lambda: count(1))

    async def does(self, incoming):
        """Do something, let errands be done, and return what the assistant said to it."""
        before = await self.history()
        key = f"{self.chat}:{next(self.keys)}"
        letter = Letter(
            self.channel, self.chat, key, incoming, self.clock(), "ru", self.origin, self.phone
        )
        began = perf_counter()
        await self.assistant.turns.take(letter)
        self.took = perf_counter() - began
        while [lane for lane in self.assistant.errands if await lane.do_due()]:
            pass
        said = (await self.history())[len(before) :]
        return [one for one in said if one.voice == "assistant"]

    async def says(self, text):
        """Type something; the texts of the answer come back."""
        return [one.text for one in await self.does(Said(text))]

    async def presses(self, code):
        """Press a button."""
        return [one.text for one in await self.does(Pressed(code))]

    async def history(self):
        """Read the whole chat."""
        async with self.assistant.store.look() as look:
            return await look.messages_after(self.channel, self.chat, 0, 1000)

    async def claims(self, phone, born_on, number, goal="number"):
        """Come to the point where a code is wanted; return all that was said."""
        said = await self.presses(f"W:{goal}")
        if "A" in [one.code for one in (await self.history())[-1].buttons]:
            said += await self.presses("A")
        for text in (phone, f"{born_on:%d.%m.%Y}", number):
            said += await self.says(text)
        return said

    async def proves(self, person, goal="number"):
        """Prove to be a person, or their parent."""
        await self.claims(person.phone, person.born_on, person.enp, goal)
        return await self.says(self.code(person))

    def code(self, person):
        """Read the newest code on the person's phone."""
        shown = next(one for one in self.inbox.shown if one.phone == person.phone)
        return re.search(r"\d{6}", shown.text)[0]

    async def people(self):
        """Read who is proven in the chat."""
        async with self.assistant.store.look() as look:
            return await look.people_of(self.channel, self.chat)
