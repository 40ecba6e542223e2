"""From a draft to its end: who may do what when, and what becomes of everybody."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.base import Failure, Undelivered
from bot.letters import Refused
from bot.notices.approval import Seen
from bot.notices.refusals import (
    AudienceMoved,
    Changed,
    NeedsApproval,
    NotAllowed,
    SameAuthor,
)
from dialogs.notices.content import Conditions, Results, Wording
from tests.bot.notices.house import IGOR, MINUTE, OLGA, TEXT, House, house, written
from tests.storage.given import met

BLOCKED = Undelivered(Failure.GONE, "bot was blocked by the user")
REFUSED = Undelivered(Failure.REJECTED, "template (132001)")
CUT = Undelivered(Failure.LATER, "cut off", unknown=True)
FLOOD = Undelivered(Failure.LATER, "too many requests", 30.0)


async def people(store, *names, channel="telegram"):
    return await met(store, *names, channel=channel)


async def test_two_presses_at_once_begin_one_notice(store, clock):
    it = await house(store, clock, "telegram")
    begin = it.notices.create
    made = await asyncio.gather(*(begin(written(), OLGA, key="once") for _ in range(4)))
    assert len(set(made)) == 1
    async with store.look() as look:
        assert [one.deed for one in await look.notice_moves(made[0])] == ["create"]
    copies = await asyncio.gather(
        *(it.notices.copy(made[0], OLGA, key="again") for _ in range(4)),
        it.notices.copy(made[0], IGOR, key="again"),
    )
    assert len(set(copies)) == 2


async def test_a_notice_reaches_everybody_once_through_all_channels(store, clock):
    it = await house(store, clock, "telegram", "max")
    await people(store, "1", "2", "3")
    await people(store, "7", channel="max")
    await people(store, "w", channel="web")
    number = await it.sent(written())
    await it.go()
    assert await it.state(number) == "finished"
    assert sorted(it.messengers["telegram"].got) == [(chat, TEXT) for chat in "123"]
    assert it.messengers["max"].got == [("7", TEXT)]
    assert await it.counts(number) == {
        ("accepted", "telegram", ""): 3,
        ("accepted", "max", ""): 1,
        ("accepted", "web", ""): 1,
    }
    async with store.look() as look:
        (shown,) = await look.told_after("web", "w", 0, 9)
        moves = [(one.deed, one.login) for one in await look.notice_moves(number)]
    assert shown.text == TEXT
    assert shown.note.startswith("Не нужны новости")
    assert moves == [
        ("create", "olga"), ("check", "olga"), ("send", "olga"), ("gather", ""), ("begin", ""),
        ("finish", ""),
    ]  # fmt: skip


async def test_each_failure_ends_in_one_state_with_one_reason(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1", "2", "3", "4")
    telegram = it.messengers["telegram"]
    telegram.failing |= {"1": [BLOCKED], "2": [REFUSED], "3": [CUT]}
    number = await it.sent(written(brake=100))
    await it.go()
    assert await it.counts(number) == {
        ("failed", "telegram", "blocked"): 1,
        ("failed", "telegram", "template (132001)"): 1,
        ("unknown", "telegram", "cut off"): 1,
        ("accepted", "telegram", ""): 1,
    }
    assert await it.state(number) == "finished"
    assert telegram.got == [("4", TEXT)]


async def test_a_flood_is_waited_for_as_long_as_the_messenger_says(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    it.messengers["telegram"].failing["1"] = [FLOOD]
    number = await it.sent(written())
    await it.go()
    assert await it.counts(number) == {("retry", "telegram", "too many requests"): 1}
    clock.wait(seconds=29)
    await it.go()
    assert it.messengers["telegram"].got == []
    clock.wait(seconds=2)
    await it.go()
    assert it.messengers["telegram"].got == [("1", TEXT)]


async def test_nobody_is_written_to_at_night(store, clock):
    """The clock of these tests stands at noon in Moscow, when it is evening in Kamchatka."""
    it = await house(store, clock, "telegram")
    await people(store, "1")
    number = await it.sent(written())
    clock.wait(hours=8)
    await it.lines_up()
    await it.go()
    assert it.messengers["telegram"].got == []
    assert await it.counts(number) == {("pending", "telegram", ""): 1}
    clock.wait(hours=13, minutes=1)
    await it.lines_up()
    await it.go()
    assert it.messengers["telegram"].got == [("1", TEXT)]


async def test_a_notice_waits_for_its_moment_and_is_over_at_its_end(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    soon = clock() + timedelta(minutes=30)
    number = await it.sent(written(starts_at=soon, expires_at=soon + timedelta(minutes=30)))
    await it.go()
    assert await it.state(number) == "scheduled"
    async with store.look() as look:
        assert await look.working_notices(clock()) == []  # nobody is kept busy by it until then
    clock.wait(minutes=30)
    await it.gather()
    assert await it.state(number) == "sending"
    clock.wait(minutes=30)
    await it.go()
    assert await it.state(number) == ("finished", "expired")
    assert await it.counts(number) == {("skipped", "telegram", "expired"): 1}


async def test_many_people_need_another_persons_approval(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, *map(str, range(101)))
    number = await it.notices.create(written(), OLGA)
    await it.notices.check(number, OLGA)
    with pytest.raises(NeedsApproval):
        await it.notices.send(number, await it.seen(number), OLGA)
    await it.notices.submit(number, OLGA)
    with pytest.raises(SameAuthor):
        await it.notices.approve(number, await it.seen(number), OLGA)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.notices.send(number, await it.seen(number), OLGA)
    await it.go(200)
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 101


async def test_an_edit_takes_the_approval_away_and_nobody_overwrites_another(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    number = await it.notices.create(written(), OLGA)
    await it.notices.check(number, OLGA)
    await it.notices.submit(number, OLGA)
    await it.notices.approve(number, await it.seen(number), IGOR)
    assert await it.notices.edit(number, written(text="Иначе"), 1, IGOR) == 2
    assert await it.state(number) == "draft"
    with pytest.raises(Changed):
        await it.notices.edit(number, written(text="По-своему"), 1, OLGA)
    with pytest.raises(NotAllowed):
        await it.notices.send(number, Seen(2, 1), OLGA)


async def test_the_button_says_how_many_and_others_are_not_sent_to(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1", "2")
    number = await it.notices.create(written(), OLGA)
    await it.notices.check(number, OLGA)
    with pytest.raises(AudienceMoved):
        await it.notices.send(number, Seen(1, 1), OLGA)
    assert await it.state(number) == "checked"


async def test_an_audience_that_has_moved_holds_the_notice_until_somebody_looks(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    number = await it.sent(written(starts_at=clock() + timedelta(hours=1)))
    await people(store, "2", "3")
    clock.wait(hours=1)
    await it.lines_up()
    await it.go()
    assert await it.state(number) == ("held", "audience")
    with pytest.raises(AudienceMoved):
        await it.notices.resume(number, IGOR, Seen(1, 1))
    await it.notices.resume(number, IGOR, await it.seen(number))
    await it.go()
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 3


async def held_by_a_channel(store, clock):
    """Send a notice to one person in a messenger whose line has long been dead."""
    it = await house(store, clock, "telegram")
    await people(store, "1")
    clock.wait(hours=2)
    number = await it.sent(written())
    await it.go()
    assert await it.state(number) == ("held", "channel telegram")
    return it, number


async def test_a_channel_that_is_down_holds_the_notice_until_it_is_back(store, clock):
    it, number = await held_by_a_channel(store, clock)
    await it.lines_up()
    await it.go()
    assert await it.state(number) == "finished"


async def test_a_pause_stops_within_a_batch_and_nothing_is_lost(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1", "2", "3")
    number = await it.sent(written(in_stages=False))
    await it.gather()
    await it.notices.pause(number, OLGA)
    await it.go()
    assert it.messengers["telegram"].got == []
    await it.notices.resume(number, IGOR)
    await it.go()
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 3


async def test_what_was_stopped_leaves_the_rest_out_or_gives_it_a_notice_of_its_own(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1", "2")
    number = await it.sent(written(in_stages=False))
    await it.gather()
    again = await it.notices.stop(number, OLGA, "new_notice")
    assert await it.state(number) == "stopped"
    assert await it.counts(number) == {("skipped", "telegram", "stopped"): 2}
    assert (await it.notices.preview(again)).people == 2
    with pytest.raises(NotAllowed):
        await it.notices.resume(number, OLGA)


async def test_failures_in_the_first_hundredth_brake_and_who_looked_at_them_goes_on(store, clock):
    it = await house(store, clock, "telegram")
    chats = await people(store, *map(str, range(1, 500)))
    first = [one for one in chats if one.id % 100 == 0]
    for one in first:
        it.messengers["telegram"].failing[one.address] = [REFUSED]
    number = await it.notices.create(written(), OLGA)
    await it.notices.check(number, OLGA)
    await it.notices.submit(number, OLGA)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.notices.send(number, await it.seen(number), OLGA)
    await it.go(300)
    assert await it.state(number) == ("paused", "brake")
    assert it.messengers["telegram"].got == []
    assert (await it.counts(number))["failed", "telegram", "template (132001)"] == len(first) >= 3
    await it.notices.resume(number, IGOR)
    await it.go(300)
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == len(chats) - len(first)


async def test_a_name_goes_only_where_personal_data_may(store, clock):
    it = await house(store, clock, "telegram", "max", withheld=("telegram",))
    await people(store, "1")
    await people(store, "7", channel="max")
    number = await it.sent(written(text="{name|Здравствуйте}! Офис переехал."))
    await it.go()
    assert it.messengers["telegram"].got == []
    assert it.messengers["max"].got == [("7", "Здравствуйте! Офис переехал.")]
    assert ("skipped", "telegram", "not_cleared") in await it.counts(number)


async def test_who_is_where_nothing_is_sent_is_not_said_to_be_there_for_personal_data(store, clock):
    """Neither a channel that is switched off nor a plain notice has to do with clearance."""
    it = await house(store, clock, "telegram", "max", withheld=("telegram",))
    await people(store, "1")
    await people(store, "7", channel="whatsapp")
    number = await it.sent(written())
    await it.go()
    found = await it.counts(number)
    assert ("skipped", "whatsapp", "no_channel") in found
    assert ("accepted", "telegram", "") in found
    number = await it.sent(written(text="{name|Здравствуйте}! Офис переехал."))
    await it.go()
    found = await it.counts(number)
    assert ("skipped", "whatsapp", "no_channel") in found
    assert ("skipped", "telegram", "not_cleared") in found


async def test_corrections_and_second_tries_go_to_exactly_those_they_are_for(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1", "2", "3")
    telegram = it.messengers["telegram"]
    telegram.failing |= {"1": [REFUSED]}
    number = await it.sent(written(brake=100))
    await it.go()
    telegram.got.clear()
    right = await it.notices.correction(number, OLGA)
    said = {"ru": Wording("До 19:00, простите.")}
    async with store.look() as look:
        content = (await look.notice(right)).content
    await it.notices.edit(right, replace(content, texts=said), 1, OLGA)
    left = Results(number, ("failed", "unknown"))
    missed = await it.notices.create(written(audience=left), OLGA)
    for draft in (right, missed):
        assert await it.notices.check(draft, OLGA) == ()
        await it.notices.send(draft, await it.seen(draft), OLGA)
    await it.go(60)
    assert sorted(telegram.got) == [
        ("1", TEXT), ("2", "До 19:00, простите."), ("3", "До 19:00, простите."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"title": " "}, "no_title"),
        ({"texts": {}}, "no_text"),
        ({"texts": {"ru": Wording("{nmae}")}}, "placeholder"),
        ({"texts": {"ru": Wording("{name}, здравствуйте")}}, "no_otherwise"),
        ({"texts": {"ru": Wording("{name")}}, "braces"),
        ({"texts": {"ru": Wording("а" * 4000)}}, "too_long"),
        ({"texts": {"ru": Wording("а", "", ("да",))}}, "no_question"),
        ({"texts": {"ru": Wording("а", "б?", ("да" * 20,))}}, "label"),
        ({"texts": {"ru": Wording("а", "б?", ("1", "2", "3", "4"))}}, "too_many_buttons"),
        ({"texts": {"tt": Wording("а")}, "fallback": "tt"}, "language"),
        ({"buttons": ("topic:nothing",)}, "button"),
        ({"template": "nothing"}, "template"),
        ({"audience": Conditions(channels=("fax",))}, "no_channel"),
        ({"audience": Conditions(channels=("telegram", "fax"))}, "audience"),
        ({"audience": Conditions(languages=("de",))}, "audience"),
        ({"audience": Conditions(regions=("16", "Kazan"))}, "audience"),
        ({"audience": Conditions(applications=("foo",))}, "audience"),
    ],
)
async def test_faults_are_found_before_anybody_gets_it(store, clock, changed, key):
    it = await house(store, clock, "telegram")
    number = await it.notices.create(replace(written(), **changed), OLGA)
    assert key in {one.key for one in await it.notices.check(number, OLGA)}
    assert await it.state(number) == "draft"
    with pytest.raises(Refused):
        await it.notices.submit(number, OLGA)


async def test_answers_are_counted_once_for_each_who_was_asked(store, clock):
    it = await house(store, clock, "telegram")
    one, two = await people(store, "1", "2")
    asked = {"ru": Wording("Офис переехал.", "Удобно?", ("Да", "Нет"))}
    number = await it.sent(replace(written(), texts=asked))
    await it.go()
    async with store.work() as work:
        await work.answer_notices(
            [(number, one.id, 0), (number, two.id, 0), (number, one.id, 1), (999, one.id, 1)],
            clock(),
        )
    async with store.look() as look:
        assert await look.notice_answers(number) == {0: 1, 1: 1}
        (shown,) = await look.told_after("telegram", "1", 0, 9)
    assert [button.label for button in shown.buttons] == ["Да", "Нет"]


async def test_the_clocks_part_is_one_processs_and_works_from_the_first_look(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    number = await it.sent(written())
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(it.broadcasting.run())
        while await it.state(number) == "scheduled":  # noqa: ASYNC110 — nobody tells
            await asyncio.sleep(0.01)
        it.broadcasting.close()
    assert await it.state(number) in {"gathering", "sending"}


async def test_a_notice_that_cannot_be_sent_any_more_fails_and_keeps_no_other(store, clock):
    """A release has renamed the topic of its button since."""
    it = await house(store, clock, "telegram")
    await people(store, "1")
    topics = it.notices.planning.library.topics
    gone = next(iter(topics["ru"]))
    soon = clock() + MINUTE
    broken = await it.sent(written(buttons=(f"topic:{gone}",), starts_at=soon))
    other = await it.sent(written(text="Другое", starts_at=soon))
    fewer = {name: {k: v for k, v in all_.items() if k != gone} for name, all_ in topics.items()}
    library = replace(it.notices.planning.library, topics=fewer)
    later = House(store, clock, it.messengers, library=library)
    clock.wait(minutes=1)
    await later.go()
    assert await later.state(broken) == ("failed", "faults")
    assert await later.state(other) == "finished"
    assert it.messengers["telegram"].got == [("1", "Другое")]


async def test_whoever_stops_before_all_are_gathered_forgets_nobody_of_the_rest(store, clock):
    """Nobody was written to, so the new notice is for whoever was meant."""
    it = await house(store, clock, "telegram")
    await people(store, "1", "2")
    for steps in (0, 1):
        number = await it.sent(written(audience=Conditions(channels=("telegram",))))
        for _ in range(steps):
            await it.broadcasting.step()
        again = await it.notices.stop(number, OLGA, "new_notice")
        assert (await it.notices.preview(again)).people == 2


async def test_a_correction_keeps_no_moment_that_is_over(store, clock):
    it = await house(store, clock, "telegram")
    await people(store, "1")
    ends = clock() + timedelta(hours=1)
    number = await it.sent(written(starts_at=clock() + MINUTE, expires_at=ends))
    clock.wait(minutes=1)
    await it.go()
    clock.wait(hours=2)
    right = await it.notices.correction(number, OLGA)
    async with store.look() as look:
        content = (await look.notice(right)).content
    assert (content.starts_at, content.expires_at) == (None, None)


async def test_what_begins_after_its_end_is_a_fault_though_both_are_over(store, clock):
    it = await house(store, clock, "telegram")
    over = written(starts_at=clock() - 2 * MINUTE, expires_at=clock() - MINUTE)
    number = await it.notices.create(over, OLGA)
    assert [one.key for one in await it.notices.check(number, OLGA)] == ["expires_before_start"]


async def test_a_dead_channel_keeps_its_own_people_and_the_others_go_on(store, clock):
    it = await house(store, clock, "telegram", "max")
    await people(store, *map(str, range(99)))
    await people(store, *map(str, range(99)), channel="max")
    clock.wait(hours=2)
    await it.lines_up("max")
    number = await it.notices.create(written(), OLGA)
    await it.notices.check(number, OLGA)
    await it.notices.submit(number, OLGA)
    await it.notices.approve(number, await it.seen(number), IGOR)
    await it.notices.send(number, await it.seen(number), OLGA)
    _, max_ = it.senders
    for _ in range(40):
        await it.broadcasting.step()
        await max_.send_due()
    assert await it.state(number) == "sending"
    assert len(it.messengers["max"].got) == 99
    assert (await it.notices.showing.progress(number, clock())).down == ["telegram"]
    await it.lines_up()
    await it.go(60)
    assert await it.state(number) == "finished"
    assert len(it.messengers["telegram"].got) == 99


async def test_after_a_channel_was_down_people_are_counted_anew(store, clock):
    it, number = await held_by_a_channel(store, clock)
    await people(store, "2", "3")
    await it.lines_up()
    await it.go()
    assert await it.state(number) == ("held", "audience")


async def test_names_that_mean_something_are_no_faults_though_a_channel_is_switched_off(
    store, clock
):
    it = await house(store, clock, "telegram")
    asked = Conditions(("telegram", "max"), ("ru", "en"), ("16", ""), applications=("in_review",))
    number = await it.notices.create(written(audience=asked), OLGA)
    assert await it.notices.check(number, OLGA) == ()
