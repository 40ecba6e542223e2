"""Who got a notice is forgotten when it is long over; how many there were never changes."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from storage.notice_lists import ListedRow
from storage.notice_schema import (
    notice,
    notice_answer,
    notice_listed,
    notice_recipient,
    notice_reply,
)
from storage.notice_settling import Settled
from tests.storage.given import NOON, met, rows
from tests.storage.telling import content, gathered

YEARS = timedelta(days=1825)
LEFT = (notice_recipient, notice_answer, notice_reply, notice_listed)


@pytest.fixture
async def over(store, ask):
    """Let a notice to five people be over: three took it, one was gone, one not known."""
    chats = await met(store, *"12345")
    number = await gathered(store, content())
    async with store.work() as work:
        await work.claim_recipients("telegram", ("",), NOON, 99)
        ends = ["accepted", "accepted", "accepted", "failed", "unknown"]
        settled = [
            Settled(number, one.id, end, "blocked" if end == "failed" else "")
            for one, end in zip(chats, ends, strict=True)
        ]
        await work.settle_recipients(settled, NOON)
        await work.answer_notices([(number, one.id, 0) for one in chats[:2]], NOON)
        await work.answer_notices([(number, chats[2].id, 1)], NOON)
        await work.keep_list(number, [ListedRow(2, "A", "enp"), ListedRow(3, person=chats[0].id)])
    reply = {"notice_id": number, "chat_id": chats[0].id, "seq": 2, "at": NOON}
    await ask(lambda it: it.execute(insert(notice_reply), [reply]))
    await ask(lambda it: it.execute(update(notice).values(state="finished", ended_at=NOON)))
    return number


async def told(store, number):
    """Read all that is told of a notice in numbers."""
    async with store.look() as look:
        counted = {
            (one.state, one.channel, one.reason): one.people
            for one in await look.notice_counts(number)
        }
        return counted, await look.notice_answers(number), await look.count_notice_replies(number)


async def forget(store, before, limit=100):
    async with store.work() as work:
        return await work.forget_recipients(before, limit)


async def test_sums_stay_the_same_before_during_and_after(store, ask, over):
    before = await told(store, over)
    assert before[0][("accepted", "telegram", "")] == 3
    assert before[1:] == ({0: 2, 1: 1}, 1)
    later, left = NOON + timedelta(seconds=1), 99
    while left:
        left = await forget(store, later, 2)
        after = await told(store, over)
        assert sum(after[0].values()) == 5
        assert after[1:] == before[1:]
    assert after == before
    assert [await ask(rows, table) for table in LEFT] == [[], [], [], []]


async def test_what_is_younger_or_goes_on_is_kept(store, ask, over):
    assert await forget(store, NOON) == 0
    await ask(lambda it: it.execute(update(notice).values(state="paused")))
    assert await forget(store, NOON + YEARS) == 0
    assert len(await ask(rows, notice_recipient)) == 5


async def test_a_notice_is_swept_away_whatever_the_page(store, over):
    assert await forget(store, NOON + YEARS, 1000) == 1000
    assert await forget(store, NOON + YEARS, 1000) == 0
