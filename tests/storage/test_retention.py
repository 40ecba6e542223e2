"""Forgetting is bounded, goes by age and spares what is still to be done."""

from datetime import timedelta

import pytest

from dialogs.effects import Wondered
from storage.parked import Parking
from storage.schema import inbox, message, outbox, parked, wondered
from tests.storage.given import met, posted, rows

DAY = timedelta(days=1)


async def _fill(store, at):
    """Leave three of everything."""
    (chat,) = await met(store, str(at))
    await posted(store, chat, 1, 2, 3, at=at)
    async with store.work() as work:
        await work.admit([("web", f"{at}{number}") for number in range(3)], at)
        await work.park([Parking(None, "web", str(at), "Said", "KeyError")] * 3, at)
        await work.wonder([("ru", Wondered("?"))] * 3, at)
        due = await work.claim("telegram", at, DAY, 10)
        await work.sent([(one.id, "") for one in due], at)


@pytest.mark.parametrize(
    ("what", "table"),
    [("messages", message), ("inbox", inbox), ("parked", parked), ("wondered", wondered)],
    ids=lambda it: it if isinstance(it, str) else "",
)
async def test_a_page_of_the_oldest_goes_and_the_young_stays(store, now, ask, what, table):
    await _fill(store, now - 2 * DAY)
    await _fill(store, now)

    async def forget(before):
        async with store.work() as work:
            return await getattr(work, f"forget_{what}")(before, 2)

    assert await forget(now - 2 * DAY) == 0
    assert [await forget(now) for _ in range(3)] == [2, 1, 0]
    assert len(await ask(rows, table)) == 3


async def test_how_a_message_was_sent_is_forgotten_with_it(store, now, ask):
    await _fill(store, now - DAY)
    async with store.work() as work:
        await work.forget_messages(now, 10)
    assert await ask(rows, outbox) == []


async def test_a_message_still_to_be_sent_is_never_forgotten(store, now, ask):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, 2, at=now - 100 * DAY)
    async with store.work() as work:
        first, _ = await work.claim("telegram", now, DAY, 10)
        await work.sent([(first.id, "")], now)
        assert await work.forget_messages(now, 10) == 1
    (left,) = await ask(rows, message)
    assert left["seq"] == 2


async def test_a_chat_whose_beginning_is_forgotten_reads_on(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, at=now - DAY)
    later = await posted(store, chat, 2, at=now)
    async with store.work() as work:
        due = await work.claim("telegram", now, DAY, 10)
        await work.sent([(one.id, "") for one in due], now)
        await work.forget_messages(now, 10)
    async with store.look() as look:
        assert await look.messages_after("telegram", "x", 0, 10) == later
