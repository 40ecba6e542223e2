"""Every event is admitted once."""

import asyncio

import pytest

from storage.schema import inbox
from tests.storage.given import rows


async def test_a_key_is_admitted_once(store, now):
    async with store.work() as work:
        assert await work.admit([("web", "a"), ("web", "b")], now) == {("web", "a"), ("web", "b")}
    async with store.work() as work:
        assert await work.admit([("web", "b"), ("web", "c")], now) == {("web", "c")}


async def test_the_same_key_in_two_channels_is_two_events(store, now):
    async with store.work() as work:
        assert await work.admit([("web", "1")], now) == {("web", "1")}
        assert await work.admit([("telegram", "1")], now) == {("telegram", "1")}


async def test_a_key_twice_in_one_batch_counts_once(store, now):
    async with store.work() as work:
        assert await work.admit([("web", "a"), ("web", "a")], now) == {("web", "a")}


async def test_what_a_failed_work_admitted_may_come_again(store, now):
    async def fail():
        async with store.work() as work:
            await work.admit([("web", "a")], now)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with store.work() as work:
        assert await work.admit([("web", "a")], now) == {("web", "a")}


async def test_of_two_racing_works_one_admits(store, other, now):
    async def admit(by):
        async with by.work() as work:
            return await work.admit([("web", key) for key in "abcdefgh"], now)

    results = await asyncio.gather(*(admit(by) for by in (store, other) * 4))
    assert sorted(map(len, results)) == [0] * 7 + [8]


async def test_a_batch_may_be_larger_than_a_statement(store, now, ask):
    keys = [("web", f"{number:04}") for number in range(1500)]
    async with store.work() as work:
        assert await work.admit(keys, now) == set(keys)
        assert await work.admit(keys, now) == set()
    assert len(await ask(rows, inbox)) == 1500


async def test_a_key_may_hold_any_character(store, now):
    keys = {("web", "a\0b"), ("web", "\ud83d"), ("web", "ключ 🙂")}
    async with store.work() as work:
        assert await work.admit(keys, now) == keys
        assert await work.admit(keys, now) == set()
