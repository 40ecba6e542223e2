"""A forum on the strict Telegram, an assistant with its desk, and people on both sides."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.assistant import assemble, turning, utc_now
from bot.channels.base import Letter, Surroundings
from bot.channels.telegram import TelegramSettings, build
from bot.desk.chain import journal_chain
from bot.forum.forum import Forum
from bot.http import Rate
from bot.sealing import Seal
from dialogs.incoming import Said
from storage.staff import Staff
from tests.bot.channels.telegram.table import Desk, Papers
from tests.kit.telegram import TelegramServer
from tests.worlds import knowledge

GROUP = -1001234567890
DESK = "https://desk.example.org"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # noon in Moscow: representatives are there
AT_ONCE = Rate(burst=1000, per_second=1000.0)


@dataclass
class Clock:
    """Time goes on only when told."""

    now: datetime = MONDAY

    def __call__(self):
        """Tell the time."""
        return self.now


@dataclass
class Room:
    """Everything around one forum."""

    assistant: object
    server: TelegramServer
    forum: Forum
    messenger: object
    keys: object = field(default_factory=lambda: count(1))

    @property
    def group(self):
        """The supergroup as its members see it."""
        return self.server.forum(GROUP)

    def topic(self, number=0):
        """Look at a topic, by the order in which they were made."""
        return list(self.group.topics.values())[number]

    def thread(self, number=0):
        """Name a topic's thread."""
        return list(self.group.topics)[number]

    async def says(self, chat, text, channel="web"):
        """Let a citizen write."""
        letter = Letter(channel, chat, f"k{next(self.keys)}", Said(text), self.assistant.clock())
        await self.assistant.turns.take(letter)

    async def told(self, chat, channel="web"):
        """Read what a citizen sees."""
        async with self.assistant.store.look() as look:
            return await look.told_after(channel, chat, 0, 1000)

    async def talk(self, chat, channel="web"):
        """Look at the newest talk of a citizen."""
        async with self.assistant.store.look() as look:
            found = await look.chat(channel, chat)
            return next(iter(await look.talks_of_chat(found.id)), None)

    async def catch_up(self):
        """Tell the forum what there is."""
        return await self.forum._mirror.catch_up()  # noqa: SLF001 — the loop's one step

    async def employs(self, login, telegram, **more):
        """Give somebody an account."""
        known = {"roles": ("representative",), "regions": ("all",), "must_renew": False}
        made = Staff(0, login, login.capitalize(), password="x", created_at=MONDAY, **known | more)
        async with self.assistant.store.work() as work:
            await work.keep_staff(replace(made, telegram=telegram))

    def member(self, name):
        """Tell the Telegram id of a member of the group."""
        return self.server.person(name).id

    async def writes(self, name, text=None, thread=None, **content):
        """Let a member write in a topic, and wait until the bot has taken it."""
        content |= {"text": text} if text is not None else {}
        update = self.server.write_in(name, GROUP, thread or self.thread(), **content)
        await self.server.until(lambda: self.server.updates.idle)
        return update


@pytest.fixture
async def room(store):
    """Open the room, with the forum told only when a test says so."""
    clock = Clock()
    chain = await journal_chain(store, Seal(["a key of the desk " * 3]))
    assistant = assemble(knowledge(), store, clock, calls=True, chain=chain)
    async with TelegramServer() as server:
        server.forum(GROUP)
        async with opened(assistant, server) as room:
            yield room
        assert server.violations == []


@asynccontextmanager
async def opened(assistant, server, rate=AT_ONCE):
    """Put a forum together, and let its bot poll."""
    forum = Forum(assistant, GROUP, DESK, rate)
    around = Surroundings(Desk(), Papers(), assistant.knowledge.words, utc_now, forum)
    messenger = build(TelegramSettings(server.token, server.url, forum=GROUP), around)
    forum.join(messenger.board, lambda: True)
    async with turning(assistant), asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(messenger.run())
        answering = tasks.create_task(forum._answer(forum._mirror))  # noqa: SLF001 — one of two
        await server.until(lambda: server.updates.polled)
        try:
            yield Room(assistant, server, forum, messenger)
        finally:
            polling.cancel()
            answering.cancel()
            await messenger.close()
