"""Who gets a notice: one row for each person, in one chat, or left out with one reason."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from dialogs.notices.content import Conditions, Results
from storage.notice_choices import Choice
from storage.notice_schema import notice_recipient
from storage.notice_settling import Settled
from storage.schema import application, chat, reminder
from storage.talk_schema import talk
from tests.storage.given import NOON, met, rows
from tests.storage.telling import content, gathered, linked, plan, told


def change(connection, chat_id, **values):
    connection.execute(update(chat).where(chat.c.id == chat_id).values(values))


async def recipients(ask):
    return {row["person"]: row for row in await ask(rows, notice_recipient)}


async def choose(store, chat_id, kind, *, agrees, at=NOON):
    async with store.work() as work:
        await work.choose_notices([Choice(chat_id, kind, agrees, "1")], at)


async def test_every_chat_of_a_guest_is_a_person(store, ask):
    chats = await met(store, "1", "2", "3")
    await gathered(store, content())
    assert {one.id: "pending" for one in chats} == {
        person: row["state"] for person, row in (await recipients(ask)).items()
    }


async def test_a_chat_whose_conversation_goes_on_elsewhere_is_nobodys(store, ask):
    one, other = await met(store, "1", "2")
    await ask(lambda it: change(it, one.id, left_at=NOON))
    await gathered(store, content())
    assert list(await recipients(ask)) == [other.id]


async def test_whoever_has_several_chats_gets_it_once_in_the_one_used_last(store, ask):
    (one,) = await met(store, "1")
    (other,) = await met(store, "7", channel="max")
    await ask(linked, [(one.id, 5), (other.id, 5)])
    await ask(lambda it: change(it, other.id, heard_at=NOON))
    await ask(lambda it: change(it, one.id, heard_at=NOON - timedelta(days=1)))
    await gathered(store, content())
    found = await recipients(ask)
    assert list(found) == [-5]
    assert (found[-5]["chat_id"], found[-5]["channel"]) == (other.id, "max")


async def test_the_chat_used_last_gives_way_where_it_cannot_be_used(store, ask):
    (one,) = await met(store, "1")
    (other,) = await met(store, "7", channel="max")
    await ask(linked, [(one.id, 5), (other.id, 5)])
    await ask(lambda it: change(it, other.id, heard_at=NOON, gone_at=NOON))
    await gathered(store, content())
    found = await recipients(ask)
    assert (found[-5]["chat_id"], found[-5]["state"]) == (one.id, "pending")


async def test_who_proves_who_they_are_while_it_is_gathered_gets_it_once(store, ask):
    """They were a guest when gathering began."""
    (one,) = await met(store, "1")
    await ask(linked, [(one.id, 5)], "self", NOON + timedelta(seconds=1))
    await gathered(store, content())
    assert list(await recipients(ask)) == [one.id]


async def test_a_parent_is_not_the_child(store, ask):
    one, other = await met(store, "1", "2")
    await ask(lambda it: linked(it, [(one.id, 5)], role="child"))
    await ask(lambda it: linked(it, [(other.id, 5)], role="child"))
    await gathered(store, content())
    assert set(await recipients(ask)) == {one.id, other.id}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("duty", ""), ("service", ""), ("advertising", "no_consent")],
)
async def test_advertising_goes_only_to_those_who_agreed(store, kind, reason):
    agreed, _ = await met(store, "1", "2")
    await choose(store, agreed.id, "advertising", agrees=True)
    written = content()
    written = type(written)(written.title, kind, written.texts)
    number = await gathered(store, written)
    assert await told(store, number) == (
        {("pending", ""): 1, ("skipped", reason): 1} if reason else {("pending", ""): 2}
    )


async def test_the_last_word_counts_and_one_refusal_of_a_person_is_enough(store, ask):
    one, two, three = await met(store, "1", "2", "3")
    await ask(linked, [(one.id, 5), (two.id, 5)])
    await choose(store, one.id, "service", agrees=False)
    await choose(store, three.id, "service", agrees=False)
    await choose(store, three.id, "service", agrees=True, at=NOON + timedelta(minutes=1))
    number = await gathered(store, content())
    found = await recipients(ask)
    assert found[-5]["state"] == "skipped"
    assert found[three.id]["state"] == "pending"
    assert await told(store, number) == {("skipped", "opted_out"): 1, ("pending", ""): 1}


async def test_stopping_one_kind_leaves_the_others(store):
    (one,) = await met(store, "1")
    await choose(store, one.id, "service", agrees=False)
    written = content()
    number = await gathered(store, type(written)(written.title, "duty", written.texts))
    assert await told(store, number) == {("pending", ""): 1}


async def test_who_is_gone_or_not_to_be_written_to_there_is_left_out_with_the_reason(store, ask):
    one, _ = await met(store, "1", "2")
    await met(store, "3", channel="whatsapp")
    await ask(lambda it: change(it, one.id, gone_at=NOON))
    number = await gathered(store, content(), channels=("telegram",))
    assert await told(store, number) == {
        ("pending", ""): 1,
        ("skipped", "blocked"): 1,
        ("skipped", "no_channel"): 1,
    }


async def test_nobody_gets_more_in_a_week_than_the_budget_allows(store):
    (one,) = await met(store, "1")
    for days in (8, 6, 2):
        await sent_to(store, one, NOON - timedelta(days=days))
    assert await told(store, await gathered(store, content(budget=2))) == {("skipped", "budget"): 1}
    assert await told(store, await gathered(store, content(budget=3))) == {("pending", ""): 1}


async def sent_to(store, one, at):
    number = await gathered(store, content(budget=99), at=at)
    async with store.work() as work:
        await work.claim_recipients("telegram", [""], at, 9)
        await work.settle_recipients([Settled(number, one.id, "accepted")], at)


async def test_conditions_choose_by_what_is_known_of_chats(store, ask):
    one, two, three = await met(store, "1", "2", "3")
    (four,) = await met(store, "4", channel="max")

    def know(it):
        linked(it, [(one.id, 5)])
        change(it, one.id, heard_at=NOON, language="en")
        it.execute(
            insert(reminder).values(chat_id=two.id, name="duty:1", due_at=NOON, look_at=NOON)
        )
        it.execute(
            insert(application).values(
                number="7-1",
                chat_id=three.id,
                form="loss",
                version=1,
                state="in_review",
                about="",
                filed_at=NOON,
                answers={},
            )
        )
        it.execute(insert(talk).values(_talk(four.id, "50")))

    await ask(know)
    for wanted, meant in [
        (Conditions(), {-5, two.id, three.id, four.id}),
        (Conditions(channels=("max",)), {four.id}),
        (Conditions(languages=("en",)), {-5}),
        (Conditions(insured=True), {-5}),
        (Conditions(insured=False), {two.id, three.id, four.id}),
        (Conditions(terms=True), {two.id}),
        (Conditions(applications=("in_review", "approved")), {three.id}),
        (Conditions(regions=("50",)), {four.id}),
        (Conditions(regions=("50", "")), {-5, two.id, three.id, four.id}),
        (Conditions(seen_since=NOON + timedelta(hours=1)), set()),
        (Conditions(seen_before=NOON + timedelta(hours=1)), {-5, two.id, three.id, four.id}),
    ]:
        async with store.look() as look:
            found = await look.sample_recipients(plan(content(audience=wanted)), 99)
        assert {person for person, _ in found} == meant, wanted


def _talk(chat_id, region):
    return {
        "chat_id": chat_id, "state": "closed", "kind": "live", "representative": "",
        "representative_name": "", "topic": "", "region": region, "preview": "", "since": NOON,
        "breach_at": NOON, "asked_seq": 0, "heard_seq": 0, "heard_at": NOON, "unread": 0,
        "moves": 0, "returned": False, "closed_at": NOON, "outcome": "",
    }  # fmt: skip


async def test_the_preview_counts_what_will_be_gathered_and_writes_nothing(store, ask):
    one, _ = await met(store, "1", "2")
    await met(store, "3", channel="max")
    await ask(lambda it: change(it, one.id, owner="kira"))
    async with store.look() as look:
        counted = await look.preview_recipients(plan(content(), channels=("telegram",)))
    assert {(each.channel, each.reason, each.led): each.people for each in counted} == {
        ("telegram", "", False): 1,
        ("telegram", "", True): 1,
        ("max", "no_channel", False): 1,
    }
    assert await recipients(ask) == {}


async def test_a_correction_goes_exactly_to_those_who_got_the_mistake(store):
    one, two, _ = await met(store, "1", "2", "3")
    wrong = await gathered(store, content())
    async with store.work() as work:
        await work.claim_recipients("telegram", [""], NOON, 9)
        ends = [Settled(wrong, one.id, "accepted"), Settled(wrong, two.id, "failed", "media")]
        await work.settle_recipients(ends, NOON)
    async with store.look() as look:
        right = content(audience=Results(wrong, ("accepted", "read")))
        missed = content(audience=Results(wrong, ("failed", "unknown")))
        assert await look.sample_recipients(plan(right), 9) == [(one.id, one.id)]
        assert await look.sample_recipients(plan(missed), 9) == [(two.id, two.id)]


async def test_those_not_reached_are_reached_through_another_channel_where_there_is_one(store, ask):
    (here,) = await met(store, "1")
    (there,) = await met(store, "7", channel="max")
    await ask(lambda it: change(it, here.id, heard_at=NOON))
    await ask(linked, [(here.id, 5), (there.id, 5)])
    number = await gathered(store, content())
    async with store.work() as work:
        await work.claim_recipients("telegram", [""], NOON, 9)
        await work.settle_recipients([Settled(number, -5, "unknown", "cut")], NOON)
    again = content(audience=Results(number, ("unknown",), elsewhere=True))
    async with store.look() as look:
        assert await look.sample_recipients(plan(again), 9) == [(-5, there.id)]


async def test_the_zone_a_person_named_is_known_of_the_row(store, ask):
    one, two = await met(store, "1", "2")
    await ask(lambda it: change(it, one.id, session={"zone": "Asia/Kamchatka"}))
    await ask(lambda it: change(it, two.id, session={"question": '"zone":"x" \\u0000'}))
    await gathered(store, content())
    assert {person: row["zone"] for person, row in (await recipients(ask)).items()} == {
        one.id: "Asia/Kamchatka",
        two.id: "",
    }
