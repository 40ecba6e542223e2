"""Chats keep what the conversation came to."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.chats import BOT, Chat
from storage.schema import chat
from tests.storage.given import met, rows

SESSIONS = [
    None,
    {},
    {"language": "ru", "draft": {"answers": {"who": "child", "count": 3, "sure": True, "x": None}}},
    {"text": 'Ёж 🙂 «кавычки» \\ " \n'},
    {"text": "zero \0, lone surrogate \ud83d, separator \u2028"},
    ["list", 1, [2, [3]]],
    "words",
    0,
    False,
]


async def test_a_new_chat_is_led_by_the_bot_and_speaks_the_language_it_came_with(store, now):
    here = ("web", "x")
    async with store.work() as work:
        chats = await work.chats([here, ("web", "y")], now, {here: "en"})
    assert chats[here] == Chat(chats[here].id, "web", "x", "en", None, BOT, 0, 0, None)
    assert chats["web", "y"].language == ""


async def test_a_known_chat_keeps_its_language_and_its_id(store, now):
    here = ("web", "x")
    async with store.work() as work:
        before = await work.chats([here], now, {here: "en"})
    async with store.work() as work:
        assert await work.chats([here], now, {here: "ru"}) == before


@pytest.mark.parametrize("session", SESSIONS, ids=repr)
async def test_a_session_comes_back_as_it_was(store, now, session):
    (one,) = await met(store, "x")
    kept = replace(
        one,
        language="en",
        session=session,
        owner="staff:7",
        revision=3,
        last_seq=12,
        gone_at=now + timedelta(microseconds=1),
    )
    async with store.work() as work:
        await work.keep([kept], now)
    async with store.look() as look:
        assert await look.chat("telegram", "x") == kept


async def test_keeping_notes_when_the_person_was_last_seen(store, now, ask):
    (one,) = await met(store, "x")
    later = now + timedelta(hours=1)
    async with store.work() as work:
        await work.keep([one], later)
    (row,) = await ask(rows, chat)
    assert (row["created_at"], row["seen_at"]) == (now, later)


async def test_nobody_is_met_by_looking(store):
    async with store.look() as look:
        assert await look.chat("web", "nobody") is None


async def test_nothing_is_kept_of_nothing(store, now):
    async with store.work() as work:
        assert await work.chats([], now, {}) == {}
        await work.keep([], now)
        await work.record([])
        await work.post([])
        await work.park([], now)


async def test_a_batch_may_be_larger_than_a_statement(store, now):
    places = [("web", f"{number:04}") for number in range(1300)]
    async with store.work() as work:
        first = await work.chats(places, now, {})
        await work.keep([replace(one, session=one.address) for one in first.values()], now)
    async with store.work() as work:
        again = await work.chats(reversed(places), now, {})
    assert [again[place].session for place in places] == [address for _, address in places]


async def test_two_writers_of_one_chat_never_lose_an_update(store, other, now):
    """Each adds one to what it read; the sum is the number of additions."""
    here = ("web", "x")

    async def add(by):
        for _ in range(10):
            async with by.work() as work:
                one = (await work.chats([here], now, {}))[here]
                await work.keep([replace(one, session=(one.session or 0) + 1)], now)

    await asyncio.gather(*(add(by) for by in (store, other, store, other)))
    async with store.look() as look:
        assert (await look.chat(*here)).session == 40


async def test_batches_that_share_chats_never_wait_for_each_other_in_a_ring(store, other, now):
    """New and known chats, in any order, in transactions side by side."""
    names = "abcdefghij"

    async def touch(by, order, turn):
        for number in range(5):
            places = [("web", f"{name}{turn + number}") for name in order]
            async with by.work() as work:
                found = await work.chats(places, now, {})
                await work.keep(found.values(), now)

    await asyncio.gather(
        *(
            touch(by, order, turn)
            for turn, by in enumerate((store, other, store, other))
            for order in (names, names[::-1], names[3:] + names[:3])
        )
    )
