"""Reminders stand until they wake or are forgotten, and each is taken up by one hand at a time."""

import asyncio
from datetime import timedelta

from storage.reminders import Due
from storage.schema import reminder
from tests.storage.given import met, rows

MINUTE = timedelta(minutes=1)


async def claimed(store, now, limit=100):
    """Take up a page of what is due, for a minute."""
    async with store.work() as work:
        return await work.claim_reminders(now, MINUTE, limit)


async def test_a_reminder_comes_due_at_its_moment(store, now):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.remind([(chat.id, "draft:1", now)])
    before = now - timedelta(microseconds=1)
    async with store.look() as look:
        assert not await look.has_due_reminders(before)
        assert await look.has_due_reminders(now)
    assert await claimed(store, before) == []
    assert await claimed(store, now) == [Due(chat.id, "telegram", "x", "draft:1", now)]


async def test_what_is_taken_up_is_taken_by_others_only_when_the_lease_has_lapsed(
    store, other, now
):
    (chat,) = await met(store, "x")
    async with store.work() as work:
        await work.remind([(chat.id, "a", now)])
    (first,) = await claimed(store, now)
    assert await claimed(other, now + MINUTE - timedelta(microseconds=1)) == []
    assert await claimed(other, now + MINUTE) == [first], "with the moment it was asked for"


async def test_a_later_wish_of_a_name_takes_the_place_of_the_earlier(store, now, ask):
    """Even of one that is taken up."""
    one, other = await met(store, "x", "y")
    async with store.work() as work:
        await work.remind([(one.id, "a", now), (one.id, "a", now + MINUTE), (other.id, "a", now)])
    assert len(await claimed(store, now)) == 1
    async with store.work() as work:
        await work.remind(
            [(one.id, "a", now + 2 * MINUTE), (one.id, "b", now), (other.id, "a", now)]
        )
    kept = [
        (row["chat_id"], row["name"], row["due_at"], row["look_at"])
        for row in await ask(rows, reminder)
    ]
    assert kept == [
        (one.id, "a", now + 2 * MINUTE, now + 2 * MINUTE),
        (one.id, "b", now, now),
        (other.id, "a", now, now),
    ]


async def test_what_is_forgotten_never_comes_due(store, now):
    one, other = await met(store, "x", "y")
    async with store.work() as work:
        await work.remind([(one.id, "a", now), (other.id, "a", now)])
        await work.forget([(one.id, "a"), (one.id, "never set")])
    assert [each.address for each in await claimed(store, now)] == ["y"]


async def test_only_a_reminder_that_still_stands_wakes_and_only_once(store, now):
    (chat,) = await met(store, "x")
    wish, moved = (chat.id, "a", now), (chat.id, "b", now)
    async with store.work() as work:
        await work.remind([wish, (chat.id, "b", now + MINUTE)])
        assert await work.wake([wish, moved, (chat.id, "c", now)]) == {wish}
        assert await work.wake([wish]) == set()


async def test_pages_of_due_reminders_leave_nothing_out_and_repeat_nothing(store, other, now):
    """However many fall on one moment, whatever the size of a page, whoever takes it up."""
    chats = await met(store, *(f"{number:02}" for number in range(12)))
    wishes = [
        (chat.id, name, now - MINUTE * (place % 3))
        for place, chat in enumerate(chats)
        for name in ("draft:1", "window")
    ]
    for size in (1, 5, 24):
        async with store.work() as work:
            await work.remind(wishes)
        taken = []
        while page := await claimed(store, now, size):
            assert page == sorted(page, key=lambda one: (one.due_at, one.chat_id, one.name))
            taken += page + await claimed(other, now, size)
        assert sorted((one.chat_id, one.name, one.due_at) for one in taken) == sorted(wishes)


async def test_two_who_take_up_at_once_never_take_the_same(store, other, now):
    chats = await met(store, *(f"{number:04}" for number in range(1000)))
    async with store.work() as work:
        await work.remind([(chat.id, "a", now) for chat in chats])

    async def all_of(by):
        taken = []
        while page := await claimed(by, now, 50):
            taken += page
        return taken

    mine, theirs = await asyncio.gather(all_of(store), all_of(other))
    assert len(mine) + len(theirs) == len({one.chat_id for one in mine + theirs}) == 1000
