"""The future is lived through on a copy: what is said there will be said, and nothing is sent."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.rehearsing.rehearsal import rehearsing
from bot.reminding import wake_due
from storage.errors import StorageError
from storage.schema import chat, message, outbox, reminder
from tests.bot.turning import running, turns_on
from tests.servers import Server
from tests.storage.given import asking, rows
from tests.worlds import knowledge

OPEN = "window"  # the reminder that always has something to say


async def wish(store, clock, *chats, name=OPEN, **span):
    """Let chats ask to be woken after a while."""
    places = [("web", one) for one in chats]
    async with store.work() as work:
        found = await work.chats(places, clock(), {})
        await work.remind([(found[one].id, name, clock() + timedelta(**span)) for one in places])


async def future(url, clock, person="", **span):
    """Rehearse from now on; return the moments, the chats and what was said."""
    async with rehearsing(url, knowledge(), clock(), person) as rehearsal:
        end = clock() + timedelta(**span)
        return [
            (one.at - clock(), one.due.address, [said.text for said in one.said])
            async for one in rehearsal.until(end)
        ]


async def test_the_future_comes_in_the_order_of_time_up_to_its_end(store, database_url, clock):
    for days, name in ((3, "c"), (1, "a"), (2, "b"), (4, "beyond")):
        await wish(store, clock, name, days=days)
    lived = await future(database_url, clock, days=3)
    assert [(at.days, name) for at, name, _ in lived] == [(1, "a"), (2, "b"), (3, "c")]
    assert all(len(said) == 1 for _, _, said in lived)


async def test_what_is_rehearsed_is_what_is_said_when_the_day_has_come(store, database_url, clock):
    await wish(store, clock, "anna", days=1)
    ((_, _, rehearsed),) = await future(database_url, clock, days=2)
    clock.wait(days=1)
    async with running(turns_on(store, clock)) as turns:
        await wake_due(store, turns, clock())
    async with store.look() as look:
        real = await look.messages_after("web", "anna", 0, 10)
    assert [said.text for said in real] == rehearsed


async def test_nothing_is_written_where_it_is_copied_from(store, database_url, clock):
    """Neither a message, nor a reminder taken up, nor an outbox row."""
    await wish(store, clock, "anna", "boris", days=1)
    async with asking(database_url) as ask:
        before = [await ask(rows, table) for table in (chat, reminder, message, outbox)]
        assert len(await future(database_url, clock, days=9)) == 2
        assert [await ask(rows, table) for table in (chat, reminder, message, outbox)] == before


async def test_one_person_is_rehearsed_alone(store, database_url, clock):
    await wish(store, clock, "anna", "boris", days=1)
    assert [name for _, name, _ in await future(database_url, clock, "web:boris", days=2)] == [
        "boris"
    ]
    assert await future(database_url, clock, "web:nobody", days=2) == []


async def test_many_conversations_are_copied_page_by_page(store, database_url, clock):
    names = [f"{number:04}" for number in range(1203)]
    await wish(store, clock, *names, days=1)
    lived = await future(database_url, clock, days=2)
    assert sorted(name for _, name, _ in lived) == names


async def test_an_old_database_is_not_touched(sqlite_url, clock):
    """It would have to be migrated first, and that is not for a rehearsal to do."""
    with pytest.raises(StorageError, match="run migrate first"):
        await future(sqlite_url, clock, days=1)


async def test_the_command_prints_to_whom_when_and_why(store, database_url, tmp_path):
    now = datetime(2026, 12, 30, 9, tzinfo=UTC)
    await wish(store, lambda: now, "anna", days=2)
    done = await asyncio.to_thread(
        subprocess.run,
        [
            *(sys.executable, "-m", "bot", "rehearse", "--from", "2026-12-31"),
            *("--to", "2027-01-02", "--person", "web:anna"),
        ],
        cwd=tmp_path,
        env=Server(tmp_path, {"POLIS_DATABASE_URL": database_url}).environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    first, *said, last = done.stdout.splitlines()
    assert first == "2027-01-01 Fri 12:00 +0300  web:anna  because of window"
    assert said
    assert (
        last == "1 messages in 1 conversations that wait, 0 times nothing to say; nothing was sent"
    )
