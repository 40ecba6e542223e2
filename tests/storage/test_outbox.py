"""Messages leave in order, each by one hand at a time, and are never lost."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest

from storage.schema import chat as chat_table
from storage.schema import outbox
from tests.storage.given import met, posted, rows

LEASE = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)
MOMENT = timedelta(microseconds=1)


async def claimed(store, now, limit=100, channel="telegram"):
    async with store.work() as work:
        return await work.claim(channel, now, LEASE, limit)


def texts(claim):
    return [one.message.text for one in claim]


async def states(ask):
    return [(row["seq"], row["state"], row["reason"]) for row in await ask(rows, outbox)]


async def test_a_claim_brings_all_that_sending_needs(store, now):
    (chat,) = await met(store, "x")
    (said,) = await posted(store, chat, 1)
    (one,) = await claimed(store, now)
    assert (one.chat_id, one.address, one.lane, one.attempts) == (chat.id, "x", "dialog", 1)
    assert one.message == said


async def test_what_is_due_in_a_chat_comes_together_and_in_order(store, now):
    first, second = await met(store, "a", "b")
    await posted(store, second, 1)
    await posted(store, first, 1, 2, 3)
    await posted(store, second, 2)
    assert texts(await claimed(store, now)) == ["b1", "b2", "a1", "a2", "a3"]


async def test_the_limit_counts_chats_and_the_longest_due_go_first(store, now):
    for number, chat in enumerate(await met(store, "a", "b", "c")):
        await posted(store, chat, 1, 2, at=now - number * MINUTE)
    assert texts(await claimed(store, now, limit=2)) == ["c1", "c2", "b1", "b2"]
    assert texts(await claimed(store, now, limit=2)) == ["a1", "a2"]


async def test_dialogs_go_before_notices_and_do_not_wait_for_them(store, now):
    first, second = await met(store, "a", "b")
    await posted(store, first, 1, lane="notice", owner_revision=None, at=now - MINUTE)
    await posted(store, first, 2)
    await posted(store, second, 1)
    assert texts(await claimed(store, now, limit=2)) == ["a2", "b1"]
    assert texts(await claimed(store, now)) == ["a1"]


async def test_each_channel_claims_its_own(store, now):
    (telegram,) = await met(store, "t")
    (whatsapp,) = await met(store, "w", channel="whatsapp")
    await posted(store, telegram, 1)
    await posted(store, whatsapp, 1)
    assert texts(await claimed(store, now, channel="whatsapp")) == ["w1"]
    assert texts(await claimed(store, now, channel="max")) == []


async def test_nothing_is_claimed_before_it_is_due_nor_what_stands_behind_it(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1)
    await posted(store, chat, 2, due_at=now + MINUTE)
    await posted(store, chat, 3)
    assert texts(await claimed(store, now)) == ["x1"]
    assert texts(await claimed(store, now + MINUTE - MOMENT)) == ["x1"]  # lapsed by now


async def test_a_chat_under_way_is_not_claimed_again_though_more_comes(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1)
    (first,) = await claimed(store, now)
    await posted(store, chat, 2)
    assert await claimed(store, now) == []
    async with store.work() as work:
        await work.sent([(first.id, "m1")], now)
    assert texts(await claimed(store, now)) == ["x2"]


async def test_the_claim_of_a_killed_process_lapses_with_its_lease(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, 2)
    await claimed(store, now)
    assert await claimed(store, now + LEASE - MOMENT) == []
    again = await claimed(store, now + LEASE)
    assert [(one.message.seq, one.attempts) for one in again] == [(1, 1), (2, 1)]


async def test_what_was_sent_is_not_sent_again(store, now, ask):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1)
    (one,) = await claimed(store, now)
    async with store.work() as work:
        await work.sent([(one.id, "telegram:55")], now + MINUTE)
    assert await claimed(store, now + LEASE) == []
    (row,) = await ask(rows, outbox)
    assert (row["state"], row["foreign_id"], row["settled_at"], row["claimed_until"]) == (
        "sent",
        "telegram:55",
        now + MINUTE,
        None,
    )


async def test_what_the_channel_refused_is_kept_with_the_reason_and_lets_the_rest_go(
    store, now, ask
):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, 2)
    first, second = await claimed(store, now)
    async with store.work() as work:
        await work.failed([(first.id, "Bad Request: button too long")], now)
        await work.sent([(second.id, "")], now)
    assert await states(ask) == [(1, "failed", "Bad Request: button too long"), (2, "sent", None)]


async def test_later_holds_the_whole_chat_and_keeps_its_order(store, now):
    busy, free = await met(store, "a", "b")
    await posted(store, busy, 1, 2)
    await posted(store, busy, 3, lane="notice", owner_revision=None)
    await claimed(store, now)
    async with store.work() as work:
        await work.later([(busy.id, now + MINUTE)])
    await posted(store, busy, 4)  # due at once, but not its turn
    await posted(store, free, 1)
    assert texts(await claimed(store, now)) == ["b1"]
    assert texts(await claimed(store, now + MINUTE - MOMENT)) == ["b1"]  # lapsed
    assert texts(await claimed(store, now + MINUTE)) == ["a1", "a2", "a4", "a3"]


async def test_later_never_makes_anything_sooner(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, due_at=now + MINUTE)
    async with store.work() as work:
        await work.later([(chat.id, now)])
    assert await claimed(store, now) == []


async def test_who_is_gone_gets_nothing_more(store, now, ask):
    gone, stays = await met(store, "a", "b")
    await posted(store, gone, 1, 2)
    await posted(store, stays, 1)
    await claimed(store, now)
    async with store.work() as work:
        await work.gone([gone.id, gone.id], now)
        await work.gone([gone.id], now + MINUTE)
    await posted(store, gone, 3)
    assert texts(await claimed(store, now + LEASE)) == ["b1"]
    assert await states(ask) == [
        (1, "dropped", "gone"),
        (2, "dropped", "gone"),
        (1, "pending", None),
        (3, "dropped", "gone"),
    ]
    assert [row["gone_at"] for row in await ask(rows, chat_table)] == [now, None]


@pytest.mark.parametrize(
    ("computed_for", "comes"),
    [(0, False), (1, True), (None, True)],
    ids=["earlier owner", "this owner", "whoever leads"],
)
async def test_a_message_computed_for_an_earlier_owner_is_dropped(
    store, now, ask, computed_for, comes
):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, owner_revision=computed_for)
    async with store.work() as work:
        await work.keep([replace(chat, owner="staff:7", revision=1)], now)
    assert texts(await claimed(store, now)) == (["x1"] if comes else [])
    assert await states(ask) == [(1, "pending", None) if comes else (1, "dropped", "owner")]


async def test_dropping_does_not_make_a_claim_look_empty(store, now):
    """The shell takes an empty claim for an empty outbox."""
    stale = await met(store, *"abcdef")
    (fresh,) = await met(store, "x")
    for chat in stale:
        await posted(store, chat, 1)
    await posted(store, fresh, 1)
    async with store.work() as work:
        await work.keep([replace(one, revision=1) for one in stale], now)
    assert texts(await claimed(store, now, limit=2)) == ["x1"]


async def test_what_is_settled_stays_so(store, now, ask):
    """A process that was thought dead may still report."""
    (chat,) = await met(store, "x")
    await posted(store, chat, 1)
    (one,) = await claimed(store, now)
    async with store.work() as work:
        await work.gone([chat.id], now)
        await work.sent([(one.id, "55")], now)
        await work.later([(chat.id, now + MINUTE)])
    assert await states(ask) == [(1, "dropped", "gone")]


async def test_no_two_processes_claim_one_message(store, other, now):
    """Many small claims side by side bring each message once."""
    chats = await met(store, *"abcdefghijkl")
    for chat in chats:
        await posted(store, chat, 1, 2)

    async def drain(by):
        taken = []
        while claim := await claimed(by, now, limit=2):
            taken += texts(claim)
            async with by.work() as work:
                await work.sent([(one.id, "") for one in reversed(claim)], now)
        return taken

    taken = chain(*await asyncio.gather(*(drain(by) for by in (store, other) * 3)))
    assert sorted(taken) == sorted(f"{chat.address}{seq}" for chat in chats for seq in (1, 2))


async def test_the_depth_counts_what_waits(store, now):
    (telegram,) = await met(store, "t")
    (whatsapp,) = await met(store, "w", channel="whatsapp")
    await posted(store, telegram, 1, 2, 3)
    await posted(store, whatsapp, 1)
    first, *_ = await claimed(store, now)
    async with store.work() as work:
        await work.sent([(first.id, "")], now)
    async with store.look() as look:
        assert await look.outbox_depth() == {"telegram": 2, "whatsapp": 1}
