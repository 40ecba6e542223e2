"""How fast a notice goes and how long it takes yet, from nothing but the counts of its rows."""

from datetime import UTC, datetime, timedelta

from bot.notices.speeds import Speeds
from storage.notice_choices import Choice
from storage.notice_settling import Settled
from tests.bot.notices.house import OLGA, house, written
from tests.storage.given import met

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def after(seconds):
    """Tell the moment so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def test_a_speed_is_what_the_counts_have_grown_by():
    speeds = Speeds()
    assert speeds.of(1, {"max": 100}, after(0)) is None
    assert speeds.of(1, {"max": 130}, after(4.9)) is None
    assert speeds.of(1, {"max": 400, "telegram": 50}, after(10)) == {"max": 30, "telegram": 5}


def test_only_the_last_minute_counts():
    """A minute after everything has stopped, nothing goes."""
    speeds = Speeds()
    speeds.of(1, {"max": 0}, after(0))
    for second in range(10, 80):
        told = speeds.of(1, {"max": 100}, after(second))
    assert told == {"max": 0}


def test_a_pause_is_no_slowness():
    speeds = Speeds()
    speeds.of(1, {"max": 0}, after(0))
    speeds.of(1, {"max": 300}, after(10))
    speeds.forget(1)
    assert speeds.of(1, {"max": 300}, after(50)) is None
    assert speeds.of(1, {"max": 600}, after(60)) == {"max": 30}


def test_who_recovers_elsewhere_makes_no_speed_negative():
    speeds = Speeds()
    speeds.of(1, {"max": 10}, after(0))
    assert speeds.of(1, {"max": 8}, after(10)) == {"max": 0}


async def test_the_time_left_follows_what_is_measured(store, clock):
    """Sixty people at two a second take half a minute; nobody who is left out is waited for."""
    clock.now = NOON
    it = await house(store, clock, "telegram")
    chats = await met(store, *map(str, range(100)))
    async with store.work() as work:
        refused = [Choice(one.id, "service", False, "1") for one in chats[:20]]
        await work.choose_notices(refused, NOON)
    number = await it.sent(written(in_stages=False))
    await it.gather()

    async def progress():
        return await it.notices.showing.progress(number, clock())

    seen = await progress()
    assert (seen.total, seen.left_out, seen.percent, seen.per_second) == (80, 20, 0, None)
    clock.wait(seconds=10)
    async with store.work() as work:
        claimed = await work.claim_recipients("telegram", [""], clock(), 20)
        ends = [Settled(one.notice, one.id, "accepted") for one in claimed]
        await work.settle_recipients(ends, clock())
    seen = await progress()
    assert seen.per_second == seen.settled / 10 == 2
    took = seen.ends_at - clock()
    assert abs(took.total_seconds() - seen.left / seen.per_second) < 1e-3

    await it.notices.pause(number, OLGA)
    seen = await progress()
    assert (seen.per_second, seen.ends_at) == (None, None)


async def test_a_channel_that_is_down_is_named_and_not_counted(store, clock):
    clock.now = NOON
    it = await house(store, clock, "telegram", "max")
    await met(store, "1")
    await met(store, "2", channel="max")
    number = await it.sent(written(in_stages=False))
    await it.gather()
    async with store.work() as work:
        await work.leave_line("max", "me")
    seen = await it.notices.showing.progress(number, clock())
    assert seen.down == ["max"]
    assert seen.ends_at is not None
