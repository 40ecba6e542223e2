"""Figures: counted from rows, kept by day, and the sums are what the rows say."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.message import Message
from storage.counting import Figure, Key, bound
from storage.facts import Filling
from storage.figure_schema import day_sum, fact, filling, month_sum
from storage.talks import Talk, TalkChange
from tests.storage.given import met, rows

MOSCOW = ZoneInfo("Europe/Moscow")
MIDNIGHT = datetime(2026, 11, 20, tzinfo=MOSCOW)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def _told(figures):
    """Write figures shortly; those that took time with their seconds."""
    return {
        " ".join(filter(None, (key.kind, key.channel, key.name, key.detail))): (
            (figure.count, figure.total) if figure.total else figure.count
        )
        for key, figure in figures.items()
    }


async def _count(store, since=MIDNIGHT, until=MIDNIGHT + DAY):
    async with store.look() as look:
        return await look.count(since, until, MOSCOW)


async def _talk(store, chat, asked, claimed=None, replied=None, closed=None, **more):
    """Write a talk down as it ended, or as it goes on."""
    talk = Talk(
        0,
        chat.id,
        "closed" if closed else "led" if claimed else "queued",
        more.pop("kind", "live"),
        since=asked,
        breach_at=asked + 15 * MINUTE,
        asked_seq=1,
        heard_seq=1,
        heard_at=asked,
        claimed_at=claimed,
        begun_at=replied,
        closed_at=closed,
        **more,
    )
    async with store.work() as work:
        await work.change_talks([TalkChange(talk, 0)])


async def test_messages_of_citizens_are_counted_by_the_hour_of_the_zone(store):
    anna, boris = await met(store, "a", "b")
    (web,) = await met(store, "w", channel="web")
    said = [
        (anna.id, Message(1, "citizen", MIDNIGHT, "первое")),
        (anna.id, Message(2, "assistant", MIDNIGHT, "не считается")),
        (anna.id, Message(3, "citizen", MIDNIGHT + 59 * MINUTE, "в тот же час")),
        (boris.id, Message(1, "citizen", MIDNIGHT + timedelta(hours=14), "днём")),
        (web.id, Message(1, "citizen", MIDNIGHT + DAY - timedelta(microseconds=1), "вечером")),
        (web.id, Message(2, "citizen", MIDNIGHT + DAY, "завтра")),
        (web.id, Message(3, "citizen", MIDNIGHT - timedelta(microseconds=1), "вчера")),
    ]
    async with store.work() as work:
        await work.record(said)
    assert _told(await _count(store)) == {
        "heard telegram 00": 2,
        "heard telegram 14": 1,
        "heard web 23": 1,
    }


async def test_talks_are_counted_by_when_each_thing_happened(store):
    anna, boris, vera = await met(store, "a", "b", "v")
    ten = MIDNIGHT + timedelta(hours=10)
    await _talk(store, anna, ten, ten + 4 * MINUTE, ten + 6 * MINUTE, ten + 30 * MINUTE,
                topic="loss", outcome="answered", rating=4)  # fmt: skip
    await _talk(store, boris, ten - DAY, ten, ten + DAY, kind="callback")
    await _talk(store, vera, ten + DAY - 11 * timedelta(hours=1), topic="loss")
    assert _told(await _count(store)) == {
        "called telegram 10 live": 1,
        "called telegram 23 live": 1,
        "asked telegram loss": 2,
        "waited telegram 0005": (1, 240),
        "replied telegram 0010": (1, 360),
        "closed telegram answered": 1,
        "scored telegram 4": (1, 4),
    }


def test_a_wait_has_the_name_of_the_first_bound_it_keeps():
    assert [bound(seconds) for seconds in (0, 60, 61, 86_400, 86_401)] == [
        "0001", "0001", "0002", "1440", "more",
    ]  # fmt: skip


async def test_drafts_are_counted_where_they_ended_or_stand(store, ask):
    (anna,) = await met(store, "a")
    at = MIDNIGHT + timedelta(hours=9)

    async def follow(*told):
        async with store.work() as work:
            await work.note_fillings(Filling(anna.id, *one) for one in told)

    await follow((1, "loss", "who", "begun", at), (2, "newborn", "consent", "begun", at - DAY))
    await follow((1, "loss", "reason", "moved", at + MINUTE))
    await follow((1, "loss", "review", "filed", at + 2 * MINUTE))
    await follow((2, "newborn", "name", "dropped", at), (3, "loss", "who", "begun", at))
    assert _told(await _count(store)) == {
        "begun telegram loss": 2,
        "filed telegram loss review": 1,
        "dropped telegram newborn name": 1,
        "silent telegram loss who": 1,
    }
    await follow((1, "loss", "who", "moved", at + DAY))
    kept = {row["number"]: (row["step"], row["ending"]) for row in await ask(rows, filling)}
    assert kept[1] == ("review", "filed"), "what has ended moves no more"
    await follow((1, "newborn", "name", "begun", at + DAY))
    kept = {row["number"]: (row["form"], row["ending"]) for row in await ask(rows, filling)}
    assert kept[1] == ("newborn", ""), "a chat that was forgotten counts from one again"


async def test_facts_are_counted_by_kind_and_name(store, ask):
    async with store.work() as work:
        await work.note_facts([("web", "answered", "loss")] * 2, MIDNIGHT)
        await work.note_facts([("max", "unsure", ""), ("max", "late", "newborn")], MIDNIGHT + DAY)
    assert _told(await _count(store)) == {"answered web loss": 2}
    assert set(rows_of := (await ask(rows, fact))[0]) == {"id", "at", "channel", "kind", "name"}
    assert rows_of["at"] == MIDNIGHT.astimezone(UTC)


async def test_sums_are_kept_once_and_added_up(store, other, ask):
    loss, erz = Key("answered", "web", "loss"), Key("answered", "max", "erz")
    first, second = date(2026, 11, 19), date(2026, 11, 20)
    async with store.look() as look:
        assert await look.last_summed() is None
    async with store.work() as work:
        await work.keep_sums(first, {loss: Figure(2), erz: Figure(1)})
        await work.keep_sums(second, {loss: Figure(3, 7)})
    async with other.work() as work:
        await work.keep_sums(second, {loss: Figure(3, 7)})
    async with store.look() as look:
        assert await look.last_summed() == second
        assert await look.sums(first, second) == {loss: Figure(5, 7), erz: Figure(1)}
        assert await look.sums(second, second) == {loss: Figure(3, 7)}
        assert await look.sums_by_day(["answered", "heard"], first, second) == {
            (first, Key("answered", "web")): 2,
            (first, Key("answered", "max")): 1,
            (second, Key("answered", "web")): 3,
        }
    assert len(await ask(rows, day_sum)) == 5  # two are the marks of the days


async def test_a_day_without_anything_is_summed_up_too(store):
    async with store.work() as work:
        await work.keep_sums(date(2026, 11, 20), {})
    async with store.look() as look:
        assert await look.last_summed() == date(2026, 11, 20)
        assert await look.sums(date(2026, 1, 1), date(2026, 12, 31)) == {}


async def test_a_year_is_read_by_months_and_comes_to_what_its_days_do(store, ask):
    """Whole months by their own sums, the edges by days; a month begun in its middle as well."""
    begun, loss = date(2025, 3, 17), Key("answered", "web", "loss")
    days = [begun + timedelta(days=place) for place in range(400)]
    async with store.work() as work:
        for place, day in enumerate(days):
            await work.keep_sums(day, {loss: Figure(place % 7, place)} if place % 5 else {})
    told = {row["month"] for row in await ask(rows, month_sum)}
    assert min(told) == date(2025, 3, 1)
    assert max(told) == date(2026, 3, 1)
    spans = [(0, 399), (0, 14), (14, 45), (15, 44), (3, 380), (20, 22), (45, 46), (390, 399)]
    async with store.look() as look:
        for first, last in spans:
            counted = [(place % 7, place) for place in range(first, last + 1) if place % 5]
            count, total = map(sum, zip(*counted, strict=True))
            found = await look.sums(days[first], days[last])
            assert found == {loss: Figure(count, total)}, (first, last)


async def test_a_month_is_summed_up_once_in_two_processes(store, other, ask):
    loss = Key("answered", "web", "loss")
    async with store.work() as work:
        await work.keep_sums(date(2026, 10, 30), {loss: Figure(2)})
    for each in (store, other):
        async with each.work() as work:
            await work.keep_sums(date(2026, 10, 31), {loss: Figure(3)})
    async with store.look() as look:
        assert await look.sums(date(2026, 10, 1), date(2026, 10, 31)) == {loss: Figure(5)}
    assert len(await ask(rows, month_sum)) == 2  # one is the mark of the month
