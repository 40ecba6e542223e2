"""A citizen who files the tests' small form through turns, as a channel would hand it in."""

from dataclasses import dataclass, field
from itertools import count

from bot.channels.base import Letter
from dialogs.buttons import decode
from dialogs.incoming import Opened, Pressed
from dialogs.meanings import Agree, BeginAnyway, Choose, Submit
from storage import Store
from tests.bot.turning import FORMS


@dataclass
class Citizen:
    """One person in one chat."""

    turns: object
    store: Store
    clock: object
    chat: str = "anna"
    channel: str = "web"
    keys: object = field(default_factory=lambda: count(1))

    def letter(self, incoming):
        """Write a letter with a key of its own."""
        key = f"{self.chat}:{next(self.keys)}"
        return Letter(self.channel, self.chat, key, incoming, self.clock())

    async def does(self, incoming):
        """Do something, and wait until it is durable."""
        await self.turns.take(self.letter(incoming))

    async def press(self, kind, **parts):
        """Press the newest button of a kind."""
        await self.does(Pressed(await self.shown(kind, **parts)))

    async def shown(self, kind, **parts):
        """Find the newest button of a kind by what it means."""
        for message in reversed(await self.history()):
            for button in message.buttons:
                meaning = decode(button.code, (), FORMS, ("ru", "en"))
                if isinstance(meaning, kind) and all(
                    getattr(meaning, name) == part for name, part in parts.items()
                ):
                    return button.code
        return None

    async def history(self):
        """Read the whole chat."""
        async with self.store.look() as look:
            return await look.messages_after(self.channel, self.chat, 0, 1000)

    async def heard(self):
        """Read what the assistant said last."""
        return (await self.history())[-1].text

    async def fill(self, seats="two"):
        """Answer everything up to the review."""
        await self.does(Opened("f-table"))
        if await self.shown(BeginAnyway) and not await self.shown(Submit):
            await self.press(BeginAnyway)
        if await self.shown(Agree) and not await self.shown(Choose):
            await self.press(Agree)
        await self.press(Choose, value=seats)

    async def files(self, seats="two"):
        """File an application and return its number."""
        await self.fill(seats)
        await self.press(Submit)
        return (await self.applications())[0].number

    async def applications(self):
        """Read the applications of this chat, the newest first."""
        async with self.store.look() as look:
            chat = await look.chat(self.channel, self.chat)
        async with self.store.work() as work:
            return (await work.applications([chat.id])).get(chat.id, ())

    async def application(self):
        """Read the only application of this chat."""
        (only,) = await self.applications()
        return only
