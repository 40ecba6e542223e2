"""A unit of work is written as a whole or not at all."""

import asyncio

import pytest

from dialogs.message import Message
from tests.storage.given import met


async def test_nothing_of_a_failed_work_is_written(store, now):
    (chat,) = await met(store, "x")

    async def fail():
        async with store.work() as work:
            await work.record([(chat.id, Message(1, "citizen", now, "да"))])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with store.look() as look:
        assert await look.messages_after("telegram", "x", 0, 10) == []


async def test_a_refused_statement_leaves_the_store_usable(store, now):
    (chat,) = await met(store, "x")
    said = (chat.id, Message(1, "citizen", now, "да"))

    async def twice():
        async with store.work() as work:
            await work.record([said])
            await work.record([said])

    with pytest.raises(Exception, match=r"(?i)unique"):
        await twice()
    async with store.work() as work:
        await work.record([said])
    async with store.look() as look:
        assert await look.messages_after("telegram", "x", 0, 10) == [said[1]]


async def test_a_look_does_not_see_what_is_not_committed_and_does_not_wait(store, now):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.record([(chat.id, Message(1, "citizen", now, "да"))])
        async with store.look() as look:
            assert await look.messages_after("telegram", "x", 0, 10) == []
    async with store.look() as look:
        assert len(await look.messages_after("telegram", "x", 0, 10)) == 1


async def test_a_cancelled_work_writes_nothing_and_holds_nobody_up(store, now):
    """Whenever the cancel comes: before, in the middle of, and after a statement."""
    (chat,) = await met(store, "x")

    async def write(seq):
        async with store.work() as work:
            await work.record([(chat.id, Message(seq, "citizen", now, "да"))])
            await asyncio.Event().wait()

    for passes in range(12):
        task = asyncio.ensure_future(write(1))
        for _ in range(passes):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with store.work() as work:
        await work.record([(chat.id, Message(1, "citizen", now, "нет"))])
    async with store.look() as look:
        assert [one.text for one in await look.messages_after("telegram", "x", 0, 9)] == ["нет"]


async def test_an_answering_database_answers_a_ping(store):
    async with store.look() as look:
        await look.ping()
