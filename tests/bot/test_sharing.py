"""News crosses from one process to another, and back after the connection is lost."""

import asyncio
from contextlib import aclosing, asynccontextmanager

import pytest

from bot.live import Live
from bot.sharing import Sharing
from storage import Store

CHAT = ("web", "zoya")


@pytest.fixture
async def stores(migrated_postgresql_url):
    """Open one PostgreSQL database twice, as two processes do."""
    opened = [await Store.open(migrated_postgresql_url) for _ in range(2)]
    yield opened
    for store in opened:
        await store.close()


@asynccontextmanager
async def shared(store):
    """Share news of a store inside the block."""
    live = Live()
    sharing = Sharing(store.signals, live)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sharing.run())
        try:
            yield live, sharing
        finally:
            sharing.close()


async def soon(news):
    """Wait for the next piece of news, far less long than one looks without."""
    await asyncio.wait_for(anext(news), 5)


async def test_what_changed_in_one_process_wakes_who_watches_in_another(stores):
    async with (
        shared(stores[0]) as (here, _),
        shared(stores[1]) as (there, _),
        aclosing(there.of(CHAT)) as chat,
        aclosing(there.of_queue()) as queue,
    ):
        for news in (chat, queue):
            await anext(news)
        await both_listen(here, there)
        here.tell([("web", "other")])
        here.tell([CHAT])
        await soon(chat)
        here.tell_queue()
        await soon(queue)


async def both_listen(here, there):
    """Send until it is heard: connecting takes a moment, and nothing is kept meanwhile."""
    probe = ("test", "probe")
    async with aclosing(there.of(probe)) as news:
        await anext(news)
        heard = asyncio.ensure_future(anext(news))
        while not heard.done():
            here.tell([probe])
            await asyncio.wait([heard], timeout=0.05)


async def test_ten_thousand_changes_at_once_all_arrive(stores):
    """More than one signal holds."""
    async with shared(stores[0]) as (here, _), shared(stores[1]) as (there, _):
        await both_listen(here, there)
        chats = [("web", str(number)) for number in range(10_000)]
        async with aclosing(there.of(chats[0])) as first, aclosing(there.of(chats[-1])) as last:
            for news in (first, last):
                await anext(news)
            here.tell(chats)
            await soon(first)
            await soon(last)


async def test_after_a_lost_connection_everybody_looks_and_news_goes_on(
    stores, migrated_postgresql_url, postgresql_server, caplog
):
    async with shared(stores[0]) as (here, _), shared(stores[1]) as (there, _):
        await both_listen(here, there)
        async with aclosing(there.of(CHAT)) as news:
            await anext(news)
            postgresql_server.psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'polis'"
            )
            await soon(news)  # woken once the connection is back
            await both_listen(here, there)
            here.tell([CHAT])
            await soon(news)
    assert "late" in caplog.text


async def test_no_address_leaves_a_process(stores):
    """What travels are digests."""
    sent = []
    live = Live()
    live.join(type("Wire", (), {"send": lambda self, topics: sent.extend(topics)})())
    live.tell([("telegram", "79001234567")])
    assert sent
    assert not any("79001234567" in topic for topic in sent)


async def test_one_file_has_no_other_processes(migrated_sqlite_url):
    store = await Store.open(migrated_sqlite_url)
    assert store.signals is None
    await store.close()
