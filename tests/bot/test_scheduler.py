"""Ticks: what has been kept for its term is deleted, a bounded number of rows at a time."""

from datetime import timedelta

import pytest

from bot.scheduler import sweep
from storage.db import database_at
from storage.schema import chat, inbox, message
from tests.bot.turning import letter, running, transcript, turns_on
from tests.storage.given import rows

YEAR = timedelta(days=365)


@pytest.fixture
async def ask(database_url):
    """Run a function of a connection on the database, past the store."""
    database = database_at(database_url)

    async def run(act, *args):
        async with database.transaction() as inside:
            return await inside(act, *args)

    yield run
    await database.close()


async def test_old_messages_go_and_new_ones_stay(store, clock):
    async with running(turns_on(store, clock)) as turns:
        await turns.take(letter(clock, "anna", "1", "спасибо"))
        clock.wait(days=364)
        await turns.take(letter(clock, "anna", "2", "полис"))
        clock.wait(days=2)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert [seq for seq, _, _ in await transcript(store, "anna")] == [3, 4]


async def test_a_conversation_goes_on_after_its_history_went(store, clock, ask):
    async with running(turns_on(store, clock)) as turns:
        await turns.take(letter(clock, "anna", "1", "English"))
        before = await transcript(store, "anna")
        clock.wait(days=366)
        await sweep(store, clock, YEAR, 5 * YEAR)
        assert await ask(rows, message) == []
        await turns.take(letter(clock, "anna", "2", "menu"))
    after = await transcript(store, "anna")
    assert after[0][:2] == (before[-1][0] + 1, "citizen")
    (known,) = await ask(rows, chat)
    assert known["language"] == "en"


async def test_keys_are_kept_as_long_as_a_messenger_may_repeat_itself(store, clock, ask):
    """WhatsApp repeats a delivery for a week."""
    async with running(turns_on(store, clock)) as turns:
        await turns.take(letter(clock, "anna", "1", "полис"))
    clock.wait(days=8)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert len(await ask(rows, inbox)) == 1
    clock.wait(days=30)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert await ask(rows, inbox) == []


async def test_a_sweep_deletes_more_than_one_portion(store, clock, ask):
    async with store.work() as work:
        await work.admit([("web", f"k{number}") for number in range(1100)], clock())
    clock.wait(days=31)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert await ask(rows, inbox) == []
