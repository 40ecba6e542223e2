"""The real server between staff in browsers and people in two strict messengers."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage import Store
from storage.db import database_at
from storage.schema import chat
from tests.bot.desk.sitting import KEYS, desk_of, hire
from tests.browser.desk import OFFICE, sitting
from tests.crowds import chats, daylight
from tests.kit.max import MaxServer
from tests.kit.telegram import TelegramServer
from tests.servers import Server, faster
from tests.storage.telling import linked

PACES = {"telegram": 10, "max": 4}
"""Messages a second: slow enough that somebody at the desk can step in."""

APPROVED_ABOVE = 20
STAFF = (("pavel", "Павел Ершов", "operator"), ("olga", "Ольга Дроздова", "supervisor"))
BLOCKED = 4
_FIRST = {"telegram": 500_000_001, "max": 5_400_001}


class Now:
    """The real clock, for a desk of tests whose server is another process."""

    def __call__(self):
        """Tell the moment."""
        return datetime.now(UTC)

    def wait(self, **_: float) -> None:
        """Go on by itself."""


@dataclass
class Office:
    """A desk, and the strict servers that its notices reach.

    The first `BLOCKED` people in Telegram have blocked the bot, which it does not know; who they
    are is proven.
    """

    browser: Any
    desk: Any
    server: Server
    telegram: TelegramServer
    max: MaxServer
    url: str
    staff: dict[str, str]

    @asynccontextmanager
    async def representative(self, login, screen=OFFICE):
        """Let somebody sign in at the desk."""
        async with sitting(self.browser, self.desk, self.server.address, screen) as sitter:
            await sitter.sign_in(login, self.staff[login])
            yield sitter

    def got(self, text):
        """Tell who has a text on the screen, by channel and address; nobody may have it twice."""
        found = set()
        for channel, messenger in (("telegram", self.telegram), ("max", self.max)):
            for person in messenger.chats.people.values():
                times = sum(text in one.text for one in person.screen.said)
                assert times <= 1, f"{person.key} got it {times} times"
                found |= {(channel, str(person.id))} if times else set()
        return found

    async def guests(self):
        """Tell where the guests of the desk are: channel and address by number."""
        database = database_at(self.url)
        async with database.reading() as run:
            query = select(chat.c.id, chat.c.channel, chat.c.address)
            rows = await run(lambda connection: connection.execute(query).all())
        await database.close()
        return {number: (channel, address) for number, channel, address in rows}

    async def proves(self, place, person):
        """Let who is at a place, a channel and an address, be proven to be an insured person."""
        number = next(one for one, where in (await self.guests()).items() if where == place)
        await _change(self.url, linked, [(number, person)])


async def _change(url, act, *how):
    database = database_at(url)
    async with database.transaction() as run:
        await run(act, *how)
    await database.close()


def _settle(connection, people):
    """Write down what the assistant knows of its people: all have written an hour ago."""
    at = datetime.now(UTC) - timedelta(hours=1)
    for channel, many in people.items():
        chats(connection, channel, _FIRST[channel], many, at)
    first = select(chat.c.id).where(chat.c.channel == "telegram").order_by(chat.c.id)
    known = connection.execute(first.limit(BLOCKED)).scalars()
    linked(connection, [(number, place + 1) for place, number in enumerate(known)])


@asynccontextmanager
async def office(browser, folder: Path, **people: int):
    """Open the desk with so many people in ``telegram`` and ``max``; two of the staff are there."""
    url = f"sqlite:///{folder / 'polis.db'}"
    store = await Store.open(url)
    desk = await desk_of(store, Now())
    staff = {}
    for login, name, role in STAFF:
        _, staff[login] = await hire(desk, login, role, name=name)
    await _change(url, _settle, people)
    async with TelegramServer() as telegram, MaxServer() as max_:
        for place in range(people["telegram"]):
            person = telegram.person(f"t{place}")
            person.started, person.blocked = True, place < BLOCKED
        for place in range(people["max"]):
            max_.person(f"m{place}").started = True
        settings = {
            "POLIS_FILES_KEY": KEYS[0],
            "POLIS_ORGANISATION": daylight(
                folder, f"\n[notices]\napproval_above = {APPROVED_ABOVE}\n"
            ),
            "POLIS_CHANNELS": "telegram,max",
            **telegram.settings(),
            **max_.settings(),
        }
        server = Server(folder, settings, wrapped=faster(**PACES))
        await asyncio.to_thread(server.start)
        try:
            yield Office(browser, desk, server, telegram, max_, url, staff)
            assert await asyncio.to_thread(server.interrupt) == 0
        finally:
            if server.process.poll() is None:
                server.kill()
            await store.close()
        assert [*telegram.violations, *max_.violations] == []
