"""Handing notices over: nobody twice, nobody left out, and each row ends with one reason."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from dialogs.effects import Button
from dialogs.notices.states import MOVES, OPEN_ROWS, ROW_MOVES, ROWS, STATES
from dialogs.zones import KNOWN
from storage.notice_choices import Choice
from storage.notice_schema import ROW_CODES, ZONE_CODES, notice, notice_recipient
from storage.notice_settling import Settled
from storage.notice_wordings import Spoken
from storage.schema import chat
from storage.talk_schema import talk
from tests.storage.given import NOON, met, rows
from tests.storage.telling import TEXT, content, gathered, linked, told

LATER = NOON + timedelta(hours=1)
ENDS = ("accepted", "read", "retry", "failed", "unknown")


async def claim(store, channel="telegram", at=NOON, limit=99, zones=("",)):
    async with store.work() as work:
        return await work.claim_recipients(channel, zones, at, limit)


async def settle(store, *settled, at=NOON):
    async with store.work() as work:
        await work.settle_recipients(settled, at)


def change(connection, chat_id, **values):
    connection.execute(update(chat).where(chat.c.id == chat_id).values(values))


def test_every_move_leads_from_a_state_to_a_state_and_nothing_leaves_the_end():
    for deed, ways in MOVES.items():
        assert {*ways, *ways.values()} <= set(STATES), deed
        assert not {"finished", "stopped", "failed"} & set(ways), deed
    reachable = {"draft"}
    for _ in STATES:
        reachable |= {to for ways in MOVES.values() for one, to in ways.items() if one in reachable}
    assert reachable == set(STATES)


def test_what_is_kept_as_numbers_has_one_for_every_word():
    assert set(ROW_CODES) == set(ROWS) == set(ROW_MOVES)
    assert set(ZONE_CODES) == {"", *KNOWN}


async def test_a_notice_is_handed_over_once_and_stands_in_the_history(store):
    (one,) = await met(store, "1")
    number = await gathered(store, content())
    (posted,) = await claim(store)
    assert (posted.id, posted.notice, posted.address, posted.lane) == (
        one.id,
        number,
        "1",
        "notice",
    )
    assert (posted.message.text, posted.message.seq) == (TEXT, 1)
    assert await claim(store) == []
    await settle(store, Settled(number, one.id, "accepted"))
    async with store.look() as look:
        (said,) = await look.told_after("telegram", "1", 0, 9)
        assert (await look.chat("telegram", "1")).last_seq == 1
    assert said == posted.message
    assert await told(store, number) == {("accepted", ""): 1}


async def test_a_history_shows_buttons_and_what_the_person_is_called(store, ask):
    (one,) = await met(store, "1")
    (_two,) = await met(store, "2")
    await ask(linked, [(one.id, 5)])
    said = Spoken(
        "ru", "{name|Здравствуйте}: офис переехал.",
        {"first": True, "personal": True, "b": [["m", "Меню"]], "d": "personal"},
    )  # fmt: skip
    await gathered(store, content(), wordings=[said])
    posted = {one.address: one.message for one in await claim(store)}
    assert posted["1"].text == "Анна Петровна: офис переехал."
    assert posted["2"].text == "Здравствуйте: офис переехал."
    assert posted["1"].buttons == (Button("m", "Меню"),)
    assert posted["1"].data == "personal"
    async with store.look() as look:
        for address, message in posted.items():
            assert await look.told_after("telegram", address, 0, 9) == [message]


async def test_everybody_gets_it_in_their_language_or_the_first_one(store, ask):
    one, _two = await met(store, "1", "2")
    await ask(lambda it: change(it, one.id, language="en"))
    spoken = [Spoken("ru", "Привет", {"first": True}), Spoken("en", "Hello")]
    await gathered(store, content(), wordings=spoken)
    assert {one.address: one.message.text for one in await claim(store)} == {
        "1": "Hello",
        "2": "Привет",
    }


async def test_only_people_whose_day_it_is_are_written_to(store, ask):
    one, _two = await met(store, "1", "2")
    await ask(lambda it: change(it, one.id, session={"zone": "Asia/Kamchatka"}))
    await gathered(store, content())
    assert [one.address for one in await claim(store)] == ["2"]
    assert [one.address for one in await claim(store, zones=("Asia/Kamchatka",))] == ["1"]


async def test_who_talks_with_a_representative_gets_it_afterwards(store, ask):
    (one,) = await met(store, "1")
    number = await gathered(store, content())
    await ask(lambda it: change(it, one.id, owner="kira"))
    assert await claim(store) == []
    assert await told(store, number) == {("pending", "led"): 1}
    await ask(lambda it: change(it, one.id, owner="bot"))
    assert await claim(store) == []
    assert [one.address for one in await claim(store, at=LATER)] == ["1"]


async def test_whom_one_messenger_cannot_reach_gets_it_in_the_next(store, ask):
    (one,) = await met(store, "1")
    (other,) = await met(store, "7", channel="max")
    await ask(linked, [(one.id, 5), (other.id, 5)])
    await ask(lambda it: change(it, one.id, heard_at=NOON))
    number = await gathered(store, content())
    assert [one.address for one in await claim(store)] == ["1"]
    async with store.work() as work:
        await work.gone([one.id], NOON)
        await work.settle_recipients([Settled(number, -5, "failed", "blocked")], NOON)
    assert await claim(store) == []
    (posted,) = await claim(store, "max")
    assert posted.address == "7"
    await settle(store, Settled(number, -5, "failed", "media"))
    assert await told(store, number) == {("failed", "media"): 1}
    assert await claim(store, "max") == await claim(store) == []


async def test_what_has_to_wait_goes_again_at_its_moment_and_not_into_the_history_twice(store):
    (one,) = await met(store, "1")
    number = await gathered(store, content())
    await claim(store)
    await settle(store, Settled(number, one.id, "retry", "too many requests", LATER, done=1))
    assert await claim(store) == []
    (again,) = await claim(store, at=LATER)
    assert (again.attempts, again.done, again.message.seq) == (2, 1, 1)
    async with store.look() as look:
        assert len(await look.told_after("telegram", "1", 0, 9)) == 1


async def test_stopping_a_kind_stops_what_is_on_its_way_at_once(store, ask):
    one, two = await met(store, "1", "2")
    await ask(linked, [(two.id, 5)])
    number = await gathered(store, content())
    async with store.work() as work:
        for each in (one, two):
            await work.choose_notices([Choice(each.id, "service", False, "1")], NOON)
    assert await claim(store) == []
    assert await told(store, number) == {("skipped", "opted_out"): 2}


async def test_who_takes_over_from_a_dead_process_sends_nothing_twice(store):
    _one, _two = await met(store, "1", "2")
    number = await gathered(store, content())
    async with store.work() as work:
        await work.take_line("telegram", "first", NOON, timedelta(seconds=12))
    assert len(await claim(store, limit=1)) == 1
    async with store.work() as work:
        await work.take_line(
            "telegram", "second", NOON + timedelta(minutes=1), timedelta(seconds=9)
        )
    assert await told(store, number) == {("unknown", "interrupted"): 1, ("pending", ""): 1}
    assert len(await claim(store)) == 1
    assert await claim(store, at=LATER) == []


async def test_what_was_handed_over_is_in_doubt_however_long_ago_the_notice_began(store, ask):
    """A notice paused for a year hands its rest over when somebody goes on with it."""
    await met(store, "1")
    number = await gathered(store, content())
    begun = {"begun_at": NOON - timedelta(days=400)}
    await ask(lambda it: it.execute(update(notice).where(notice.c.id == number).values(begun)))
    assert len(await claim(store)) == 1
    async with store.work() as work:
        await work.take_line("telegram", "next", NOON, timedelta(seconds=9))
    assert await told(store, number) == {("unknown", "interrupted"): 1}


async def test_an_unknown_outcome_is_settled_by_the_messenger_alone(store):
    (one,) = await met(store, "1")
    number = await gathered(store, content())
    await claim(store)
    await settle(store, Settled(number, one.id, "unknown", "cut"))
    await settle(store, Settled(number, one.id, "retry", "x", NOON))
    assert await told(store, number) == {("unknown", "cut"): 1}
    await settle(store, Settled(number, one.id, "read"))
    assert await told(store, number) == {("read", ""): 1}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from([*ENDS, "claim"]), st.integers(0, 2)), max_size=12))
async def test_rows_move_only_as_the_table_allows(store, ask, deeds):
    """Whatever comes in whatever order, a row is sent at most once for each retry told."""
    people = await met(store, "1", "2", "3")
    number = await gathered(store, content())
    calls, retries, at = {}, {}, NOON

    async def state(whom):
        found = await ask(rows, notice_recipient)
        return {r["person"]: r["state"] for r in found if r["notice_id"] == number}[whom]

    for deed, place in deeds:
        whom, at = people[place].id, at + timedelta(minutes=1)
        before = await state(whom)
        if deed == "claim":
            for posted in await claim(store, at=at):
                if posted.notice == number:
                    calls[posted.id] = calls.get(posted.id, 0) + 1
            continue
        await settle(store, Settled(number, whom, deed, "x", at), at=at)
        after = await state(whom)
        retries[whom] = retries.get(whom, 0) + (before == "handed" and after == "retry")
        refused_before_its_turn = before in OPEN_ROWS and deed == "failed"
        assert after == before or after in ROW_MOVES[before] or refused_before_its_turn
    for whom, made in calls.items():
        assert made <= 1 + retries.get(whom, 0)


async def end(ask, number, state):
    ended = update(notice).where(notice.c.id == number).values(state=state)
    await ask(lambda it: it.execute(ended))


async def test_a_late_failure_of_an_ended_notice_leaves_nobody_in_the_queue(store, ask):
    """WhatsApp tells days later; there is another chat, but nobody sends any more."""
    (one,) = await met(store, "1")
    (other,) = await met(store, "7", channel="max")
    await ask(linked, [(one.id, 5), (other.id, 5)])
    await ask(lambda it: change(it, one.id, heard_at=NOON))
    number = await gathered(store, content())
    await claim(store)
    await settle(store, Settled(number, -5, "accepted"))
    await end(ask, number, "finished")
    await settle(store, Settled(number, -5, "failed", "131026"))
    assert await told(store, number) == {("failed", "131026"): 1}


async def test_what_comes_back_to_a_stopped_notice_is_left_out_like_the_rest(store, ask):
    (one,) = await met(store, "1")
    number = await gathered(store, content())
    await claim(store)
    await end(ask, number, "stopped")
    await settle(store, Settled(number, one.id, "retry", "too many requests", LATER))
    assert await told(store, number) == {("skipped", "stopped"): 1}


async def test_a_dialog_that_has_lasted_for_a_day_keeps_no_notice_waiting(store, ask):
    """It may be parked for weeks; whoever only began to talk gets it afterwards."""
    one, two = await met(store, "1", "2")
    number = await gathered(store, content())
    for each, since in ((one, NOON - timedelta(days=1)), (two, NOON - timedelta(hours=1))):
        await ask(lambda it, each=each: change(it, each.id, owner="kira"))
        kept = talking(each.id, since)
        await ask(lambda it, kept=kept: it.execute(insert(talk).values(kept)))
    assert await claim(store) == []
    assert await told(store, number) == {("skipped", "led"): 1, ("pending", "led"): 1}
    assert await claim(store, at=NOON + timedelta(hours=23)) == []
    assert await told(store, number) == {("skipped", "led"): 2}


async def test_who_talks_until_a_notice_expires_is_left_out_for_that(store, ask):
    one, _ = await met(store, "1", "2")
    number = await gathered(store, content())
    await ask(lambda it: change(it, one.id, owner="kira"))
    assert len(await claim(store)) == 1
    async with store.work() as work:
        await work.leave_out(number, "expired", LATER, 9)
    assert await told(store, number) == {("skipped", "led"): 1, ("handed", ""): 1}


def talking(chat_id, since):
    return {
        "chat_id": chat_id, "state": "parked", "kind": "live", "representative": "kira",
        "representative_name": "", "topic": "", "region": "", "preview": "", "since": since,
        "breach_at": since, "asked_seq": 0, "heard_seq": 0, "heard_at": since, "unread": 0,
        "moves": 0, "returned": False, "outcome": "",
    }  # fmt: skip
