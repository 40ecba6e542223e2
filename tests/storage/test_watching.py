"""How it stands: failures that are sent again, backlogs, lines, who is there and who is silent."""

from datetime import timedelta

import pytest

from storage.parked import Parking
from storage.schema import outbox
from storage.staff import Staff
from storage.staff_sessions import StaffSession
from storage.talks import Talk, TalkChange
from tests.storage.given import met, posted, rows

MINUTE = timedelta(minutes=1)


async def _failed(store, now, address="x", reason="window (131047)"):
    """Let a message fail; returns its chat."""
    (chat,) = await met(store, address)
    await posted(store, chat, 1, at=now)
    async with store.work() as work:
        (due,) = await work.claim("telegram", now, MINUTE, 10)
        await work.failed([(due.id, reason)], now)
    return chat


async def _talk(store, chat, now, **more):
    given = {"state": "queued", "kind": "live", "since": now, "breach_at": now,
             "asked_seq": 1, "heard_seq": 1, "heard_at": now, **more}  # fmt: skip
    async with store.work() as work:
        await work.change_talks([TalkChange(Talk(0, chat.id, **given), 0)])


async def test_a_message_that_failed_is_listed_and_sent_again_once(store, now, ask):
    chat = await _failed(store, now)
    async with store.look() as look:
        (failure,) = await look.failures(now - MINUTE, None)
        assert await look.failures(now + MINUTE, None) == []
    assert (failure.chat_id, failure.reason, failure.is_gone) == (chat.id, "window (131047)", False)
    async with store.work() as work:
        assert await work.send_again(failure.id, now)
        assert not await work.send_again(failure.id, now)
    async with store.look() as look:
        assert await look.failures(now - MINUTE, None) == []
    async with store.work() as work:
        (again,) = await work.claim("telegram", now, MINUTE, 10)
        await work.sent([(again.id, "17")], now)
        assert not await work.send_again(again.id, now), "what has arrived is not sent again"
    (row,) = await ask(rows, outbox)
    assert (row["state"], row["reason"]) == ("sent", None)


@pytest.mark.parametrize(
    ("regions", "seen"),
    [(None, 2), ({"77"}, 1), ({""}, 1), ({"50"}, 0), (set(), 0), ({"77", ""}, 2)],
)
async def test_failures_are_of_the_regions_that_are_asked_for(store, now, regions, seen):
    """The region is that of the newest talk; where there was none it is unknown."""
    moscow = await _failed(store, now, "moscow")
    await _failed(store, now, "guest")
    await _talk(store, moscow, now, region="50", state="closed", closed_at=now)
    await _talk(store, moscow, now, region="77")
    async with store.look() as look:
        found = await look.failures(now - MINUTE, regions)
        assert len(found) == seen
        assert [await look.failure_region(one.id) for one in found if one.talk] in ([], ["77"])
        assert await look.failure_region(10**6) is None


async def test_what_waits_is_counted_from_when_it_might_have_gone(store, now):
    (chat,) = await met(store, "x")
    await posted(store, chat, 1, 2, at=now - 3 * MINUTE)
    await posted(store, chat, 3, at=now + MINUTE)
    async with store.work() as work:
        await work.take_line("telegram", "me", now, MINUTE)
        await work.hold_line("telegram", now + MINUTE, "flood")
    async with store.look() as look:
        backlog = (await look.backlogs(now))["telegram"]
        held = (await look.line_states())["telegram"]
    assert (backlog.waiting, backlog.since) == (2, now - 3 * MINUTE)
    assert (held.leased_until, held.held_until, held.reason) == (
        now + MINUTE, now + MINUTE, "flood",
    )  # fmt: skip


async def test_who_is_there_and_who_leads_from_elsewhere(store, now):
    anna, boris, vera = await met(store, "a", "b", "v")
    async with store.work() as work:
        for login, seen in (("maria", now), ("pavel", now - 40 * MINUTE)):
            number = await work.keep_staff(
                Staff(0, login, login.title(), ("representative",), ("77",), "x", now)
            )
            await work.open_session(StaffSession(0, login, number, "full", seen, seen))
    lead = {"state": "led", "region": "77", "due_at": now + MINUTE}
    await _talk(store, anna, now, representative="maria", representative_name="Maria",
                **{**lead, "state": "awaiting", "due_at": None})  # fmt: skip
    pavel = {"representative": "pavel", "representative_name": "Pavel"}
    await _talk(store, boris, now, **pavel, **lead)
    await _talk(store, vera, now, **pavel, **{**lead, "region": "50", "due_at": now + 9 * MINUTE})
    async with store.look() as look:
        here = await look.present(now - 30 * MINUTE, None)
        moscow = await look.present(now - 30 * MINUTE, {"77"})
        lapsing = await look.lapsing(now + 3 * MINUTE, None)
        assert await look.lapsing(now + 3 * MINUTE, {"50"}) == []
    told = [(one.login, one.seen_at, one.leads, one.owes, one.owed_since) for one in here]
    assert told == [("maria", now, 1, 0, None), ("pavel", None, 2, 2, now)]
    assert [(one.login, one.leads) for one in moscow] == [("maria", 1), ("pavel", 1)]
    assert [one.talk.chat_id for one in lapsing] == [boris.id]


async def test_alarms_are_counted(store, now):
    async with store.work() as work:
        await work.note_facts(
            [("web", "unissued", "mismatch"), ("web", "missed", "duty"), ("web", "answered", "x")],
            now,
        )
        await work.park([Parking(None, "web", "1", "Said", "KeyError")], now)
    async with store.look() as look:
        assert await look.facts_since(["unissued", "missed"], now) == {
            ("unissued", "mismatch"): 1,
            ("missed", "duty"): 1,
        }
        assert await look.facts_since(["missed"], now + MINUTE) == {}
        assert (await look.parked_since(now), await look.parked_since(now + MINUTE)) == (1, 0)
