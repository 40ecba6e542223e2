"""Killed at any moment, the program reminds each person as the ladder says, and never twice."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.assistant import assemble, turning
from bot.channels.base import Letter
from dialogs.incoming import Said
from storage import Store
from storage.schema import outbox
from tests.bot import waking
from tests.storage.given import asking, rows
from tests.worlds import knowledge

CITIES = {
    "Калининград": "Europe/Kaliningrad",
    "Москва": "Europe/Moscow",
    "Петропавловск-Камчатский": "Asia/Kamchatka",
}
AWAY = ("Петропавловск-Камчатский",)
LATE = "2026-02-24"
"""When the second of them comes to those whose program was off until the night before."""

BEGAN = datetime(2026, 1, 31, 9, tzinfo=UTC)
LADDER = ("2026-02-07", "2026-02-21", "2026-02-27", "2026-02-28", "2026-03-03")
"""For a name changed on 31 January: a week later, seven days before 28 February, the day before,
the last day, and the day after Monday, 2 March, to which the law shifts the last day."""
LEASE = timedelta(minutes=1)


async def say(url, moment, words):
    """Let people say something each, by chat, at a moment."""
    store = await Store.open(url)
    assistant = assemble(knowledge(), store, clock=lambda: moment, pushed=("web",))
    async with turning(assistant):
        for chat, text in words:
            key = f"{chat}:{text}:{moment.isoformat()}"
            await assistant.turns.take(Letter("web", chat, key, Said(text), moment))
    await store.close()


async def told(url, chats):
    """Read what people were told, by chat."""
    store, heard = await Store.open(url), {}
    for chat in chats:
        async with store.look() as look:
            history = await look.messages_after("web", chat, 0, 1000)
        heard[chat] = [one for one in history if one.voice == "assistant"]
    await store.close()
    return heard


def moments(skipped):
    """Every second hour of the days around the ladder's, but for the time that is skipped."""
    days = {datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (*LADDER, LATE)}
    around = {day + timedelta(days=more) for day in days for more in (-1, 0)}
    hours = sorted(day + timedelta(hours=hour) for day in around for hour in range(0, 24, 2))
    return [hour for hour in hours if not skipped[0] <= hour < skipped[1]]


async def live_through(url, people, kills, seed, cities=tuple(CITIES)):
    """Let people change their names, and live through the ladder with a program that is killed.

    It is killed up to ``kills`` times whenever anybody is due, and switched off from the evening
    of 20 February for three days. Every fourth says «готово» on the evening of 7 February.
    Returns the chats, those who said so, and how often it was killed at its work.
    """
    random = Random(seed)
    chats = {f"c{number:04}": cities[number % len(cities)] for number in range(people)}
    await say(url, BEGAN, [(chat, "часовой пояс") for chat in chats])
    await say(url, BEGAN, chats.items())
    await say(url, BEGAN, [(chat, "поменяла фамилию 31 января") for chat in chats])
    quitters = [chat for place, chat in enumerate(chats) if place % 4 == 0]
    off = datetime(2026, 2, 20, 18, tzinfo=UTC), datetime(2026, 2, 23, 18, tzinfo=UTC)
    store, killed = await Store.open(url), 0
    for moment in moments(off):
        async with store.look() as look:
            is_due = await look.has_due_reminders(moment)
        if is_due:
            begun = [moment + LEASE * again for again in range(kills + 1)]
            killed += sum(waking.kill(waking.start(url, one), random) for one in begun[:-1])
            waking.end(waking.start(url, begun[-1]))
        if moment == datetime(2026, 2, 7, 18, tzinfo=UTC):
            await say(url, moment, [(chat, "готово") for chat in quitters])
    await store.close()
    return chats, quitters, killed


async def assert_the_ladder_was_kept(url, chats, quitters):
    everything = await told(url, chats)
    for chat, city in chats.items():
        heard = [one for one in everything[chat] if one.at > BEGAN and one.template]
        here = [one.at.astimezone(ZoneInfo(CITIES[city])) for one in heard]
        days = [f"{moment:%Y-%m-%d}" for moment in here]
        expected = list(LADDER[:1] if chat in quitters else LADDER)
        expected[1:2] = [LATE] * len(expected[1:2])
        assert days == expected, (chat, city)
        assert all(9 <= moment.hour < 20 for moment in here), (chat, here)
        assert len({one.text for one in heard}) == len(heard)


async def assert_each_message_waits_to_be_sent_once(url):
    async with asking(url) as ask:
        sent = [(row["chat_id"], row["seq"]) for row in await ask(rows, outbox)]
    assert len(sent) == len(set(sent))


async def test_whoever_is_killed_the_ladder_is_kept(migrated_sqlite_url):
    chats, quitters, killed = await live_through(
        migrated_sqlite_url, people=100, kills=1, seed=5, cities=AWAY
    )
    assert killed >= 2
    await assert_the_ladder_was_kept(migrated_sqlite_url, chats, quitters)
    await assert_each_message_waits_to_be_sent_once(migrated_sqlite_url)


@pytest.mark.soak
async def test_a_thousand_people_and_three_kills_at_every_step(migrated_url):
    chats, quitters, killed = await live_through(migrated_url, people=1000, kills=3, seed=7)
    assert killed >= 20
    await assert_the_ladder_was_kept(migrated_url, chats, quitters)
    await assert_each_message_waits_to_be_sent_once(migrated_url)


async def share(url, people):
    """Let two processes wake the same people at once; return how many each has woken."""
    chats = [f"c{number:05}" for number in range(people)]
    store = await Store.open(url)
    async with store.work() as work:
        found = await work.chats([("web", chat) for chat in chats], BEGAN, {})
        await work.remind([(one.id, "window", BEGAN) for one in found.values()])
    await store.close()
    both = [waking.start(url, BEGAN + LEASE) for _ in range(2)]
    woken = [waking.end(one) for one in both]
    some = await told(url, chats[:: max(1, people // 100)])
    assert all(len(heard) == 1 for heard in some.values())
    async with asking(url) as ask:
        assert len(await ask(rows, outbox)) == people
    return woken


async def test_two_processes_share_what_is_due(migrated_postgresql_url):
    assert sum(await share(migrated_postgresql_url, 600)) == 600


@pytest.mark.soak
async def test_two_processes_share_ten_thousand(migrated_postgresql_url):
    woken = await share(migrated_postgresql_url, 10_000)
    assert sum(woken) == 10_000
    assert min(woken) > 1000, "neither has done it all"
