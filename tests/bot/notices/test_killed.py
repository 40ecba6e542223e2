"""Killed again and again while it sends, the program writes to everybody once.

Of whom it does not know whether they got it, it says so.
"""

import asyncio
import gc
import re
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select

from bot.notices.showing import Showing
from storage import Store
from storage.db import database_at
from storage.notice_schema import notice_reason, notice_recipient
from storage.schema import chat
from tests.bot.desk.sitting import desk_of, hire, served
from tests.bot.notices.town import NOTICE, TEMPLATE, Town, seen, settings
from tests.crowds import approved, counted, daylight
from tests.servers import Server, faster

PATIENCE = 3600.0  # seconds, for a machine that does much else
PACES = {"telegram": 30, "whatsapp": 80, "max": 30}
"""Messages a second, as the program has them; the servers allow a hundred times what is true."""

_RAISED = 100
_ROWS = (
    select(
        notice_recipient.c.person,
        notice_recipient.c.channel,
        chat.c.address,
        notice_recipient.c.state,
        func.coalesce(notice_reason.c.word, ""),
    )
    .join(chat, chat.c.id == notice_recipient.c.chat_id)
    .outerjoin(notice_reason, notice_reason.c.id == notice_recipient.c.reason)
)
_SHOWN = re.compile(r'results\?state=(\w+)">[^<]*</a></th><td class="number">([^<]*)<')


class Story:
    """One notice to a town, sent by a server that is killed."""

    def __init__(self, folder, url, people, seed):
        self.folder, self.url = folder, url
        self.town, self.chance = Town(people), Random(seed)
        self.server = Server(folder, wrapped=faster(**PACES), patience=PATIENCE)

    @asynccontextmanager
    async def told(self):
        """Open the messengers, and have the notice approved."""
        async with AsyncExitStack() as stack:
            self.servers = await self.town.open(stack, self.server.address, _RAISED)
            organisation = daylight(self.folder, TEMPLATE)
            self.server.settings = settings(self.servers, self.url, organisation)
            await self._settle()
            channels = tuple(self.servers)
            self.number, self.people = await approved(self.url, NOTICE, channels, organisation)
            try:
                yield self
            finally:
                gc.unfreeze()
                if self.server.process and self.server.process.poll() is None:
                    self.server.kill()

    async def _settle(self):
        await (await Store.open(self.url)).close()
        database = database_at(self.url)
        for act in (self.town.settle, counted):
            async with database.transaction() as run:
                await run(act)
        await database.close()

    async def killed(self, kills):
        """Start, kill at a moment of chance, and so on; the last time let it finish."""
        for _ in range(kills):
            _calm()
            wanted = self._calls() + self.chance.randrange(self.people // kills)
            await asyncio.to_thread(self.server.start)
            async with asyncio.timeout(PATIENCE):
                while self._calls() < wanted:  # noqa: ASYNC110 — the servers tell nobody
                    await asyncio.sleep(0.02)
            self.server.kill()
        _calm()
        await asyncio.to_thread(self.server.start)
        await self._finished()
        async with asyncio.timeout(PATIENCE):
            while not self.servers["whatsapp"].webhook.postman.idle:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert await asyncio.to_thread(self.server.interrupt) == 0

    def _calls(self):
        return sum(len(one.calls) for one in self.servers.values())

    async def _finished(self):
        store = await Store.open(self.url)
        async with asyncio.timeout(PATIENCE):
            while True:
                async with store.look() as look:
                    if (await look.notice(self.number)).state == "finished":
                        break
                await asyncio.sleep(0.2)
        await store.close()

    async def rows(self):
        """Read what became of everybody: person, channel, address, state, reason."""
        database = database_at(self.url)
        async with database.reading() as run:
            query = _ROWS.where(notice_recipient.c.notice_id == self.number)
            rows = await run(lambda connection: connection.execute(query).all())
        await database.close()
        return rows

    async def shown(self):
        """Read the numbers of the desk's page, and the progress of the command."""
        store = await Store.open(self.url)
        desk = await desk_of(store, lambda: datetime.now(UTC))
        showing = Showing(store, desk.assistant.notices.planning, {})
        progress = await showing.progress(self.number, datetime.now(UTC))
        async with served(desk) as browser:
            _, secret = await hire(desk, "pavel", "operator")
            sitting = browser()
            await sitting.sign_in("pavel", secret)
            _, page, _ = await sitting.get(f"/desk/notices/{self.number}")
        await store.close()
        numbers = {state: int(re.sub(r"\D", "", many)) for state, many in _SHOWN.findall(page)}
        return numbers, progress


def _calm():
    """Keep the collector off what the messengers have gathered.

    It would hold them up for so long that calls queue, and then count as made at once.
    """
    gc.collect()
    gc.freeze()


async def judge(story, kills):
    """Compare every row with the screens of the messengers, and the page with the rows."""
    rows, on_screens = await story.rows(), seen(story.servers)
    assert Counter(one for server in story.servers.values() for one in server.violations) == {}
    assert set(on_screens.values()) == {1}, "somebody got it twice"
    reached = Counter()
    for person, channel, address, state, reason in rows:
        times = on_screens[channel, address]
        match state:
            case "accepted" | "read":
                assert times == 1, (person, channel, state)
            case "skipped" | "failed":
                assert times == 0, (person, channel, state, reason)
            case "unknown":
                # WhatsApp tells of all that it took, so what is in doubt there was never taken.
                assert times <= (channel != "whatsapp"), (person, channel)
            case _:
                raise AssertionError((person, state))
        reached[channel] += times
    assert reached == Counter(channel for channel, _ in on_screens), "somebody else got it"
    standing = Counter((state, reason) for *_, state, reason in rows)
    left_out = Counter({way: n for way, n in standing.items() if way[0] == "skipped"})
    assert left_out == story.town.expected()
    by_state = Counter(state for _, _, _, state, _ in rows)
    assert by_state.total() - by_state["skipped"] == story.people
    assert by_state["unknown"] <= kills * sum(PACES.values())  # a second's worth each time
    numbers, progress = await story.shown()
    assert numbers == {state: by_state[state] for state in numbers}
    assert {state: n for state, n in progress.by_state.items() if n} == by_state
    assert Counter(progress.by_channel) == Counter(channel for _, channel, *_ in rows)
    assert 0 < len(progress.interruptions) <= kills
    print(dict(by_state), dict(reached), len(progress.interruptions))  # noqa: T201 — shown by -s


async def test_nobody_gets_a_notice_twice_and_nobody_is_forgotten(tmp_path, migrated_sqlite_url):
    async with Story(tmp_path, migrated_sqlite_url, 420, seed=8).told() as story:
        await story.killed(2)
        await judge(story, 2)


@pytest.mark.soak
async def test_a_hundred_thousand_and_thirty_kills(tmp_path, database_url):
    """At the true pace, before servers that would bear a hundredfold: a quarter of an hour."""
    async with Story(tmp_path, database_url, 100_000, seed=30).told() as story:
        await story.killed(30)
        await judge(story, 30)
