"""Conversations are woken when they asked to be: once, and never not at all."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.codes import Codes
from bot.conversing import Conversing
from bot.deciding import Deciding
from bot.letters import Alarm
from bot.metrics import Metrics
from bot.reminding import wake_due
from bot.texts import Catalogue
from bot.turns import Turns
from dialogs.incoming import Said, Woke
from dialogs.meanings import Submit
from storage.schema import reminder
from tests.bot.citizens import Citizen
from tests.bot.turning import running, turns_on
from tests.storage.given import asking, rows
from tests.worlds import NOON, world

OPEN = "window"  # the reminder that always has something to say


@pytest.fixture
async def turns(store, clock):
    """Run turns for the length of a test."""
    async with running(turns_on(store, clock)) as turns:
        yield turns


@pytest.fixture
def anna(turns, store, clock):
    """Give a citizen."""
    return Citizen(turns, store, clock)


async def wish(store, clock, *chats, channel="web", name=OPEN, **span):
    """Let chats ask to be woken after a while."""
    places = [(channel, chat) for chat in chats]
    async with store.work() as work:
        found = await work.chats(places, clock(), {})
        await work.remind([(found[one].id, name, clock() + timedelta(**span)) for one in places])


@pytest.fixture
async def waiting(database_url):
    """Read the names of all reminders there are."""
    async with asking(database_url) as ask:

        async def names():
            return [row["name"] for row in await ask(rows, reminder)]

        yield names


async def test_nobody_is_woken_before_the_time(anna, store, clock):
    await wish(store, clock, "anna", minutes=5)
    clock.wait(minutes=4)
    await wake_due(store, anna.turns, clock())
    assert await anna.history() == []
    clock.wait(minutes=1)
    await wake_due(store, anna.turns, clock())
    assert [one.voice for one in await anna.history()] == ["assistant"]


async def test_who_was_woken_is_not_woken_again(anna, store, clock, waiting):
    await wish(store, clock, "anna")
    for _ in range(3):
        await wake_due(store, anna.turns, clock())
    assert len(await anna.history()) == 1
    assert await waiting() == []


async def test_a_reminder_missed_while_the_program_was_off_comes_late(anna, store, clock):
    await wish(store, clock, "anna")
    clock.wait(days=40)
    await wake_due(store, anna.turns, clock())
    assert len(await anna.history()) == 1


async def test_two_processes_wake_everyone_once(anna, store, clock):
    chats = [f"c{number:03}" for number in range(150)]
    await wish(store, clock, *chats)
    async with running(turns_on(store, clock)) as others:
        await asyncio.gather(*(wake_due(store, by, clock()) for by in (anna.turns, others) * 2))
    people = [Citizen(anna.turns, store, clock, chat) for chat in chats]
    assert {len(await one.history()) for one in people} == {1}


async def test_a_killed_process_loses_no_reminder(store, clock, waiting):
    """It took the letters, and is gone before any turn was committed."""
    taken = asyncio.Event()

    class Dying:
        async def take(self, letter):
            taken.set()
            await asyncio.Event().wait()

    await wish(store, clock, "anna", "bert")
    waking = asyncio.ensure_future(wake_due(store, Dying(), clock()))
    await taken.wait()
    waking.cancel()
    clock.wait(minutes=1)
    async with running(turns_on(store, clock)) as turns:
        await wake_due(store, turns, clock())
        assert len(await Citizen(turns, store, clock, "bert").history()) == 1
    assert await waiting() == []


async def test_a_reminder_that_was_moved_while_its_letter_waited_does_not_wake(
    anna, store, clock, waiting
):
    await wish(store, clock, "anna", hours=1)
    early = Alarm(
        channel="web",
        chat="anna",
        key="woke:anna:window:early",
        incoming=Woke(OPEN),
        sent_at=clock(),
        due_at=clock(),
    )
    await anna.turns.take(early)
    assert await anna.history() == []
    assert len(await waiting()) == 1


async def test_a_reminder_that_breaks_the_core_is_parked_without_a_word(store, clock, waiting):
    """An apology for nothing would frighten; the event waits for a developer."""

    def wordless(now):
        real = world(now.astimezone(NOON.tzinfo))
        return replace(real, words={"ru": Catalogue("ru", {}, int)})

    await wish(store, clock, "anna")
    metrics = Metrics()
    async with running(
        Turns(store, Conversing(wordless, str, Codes("secret")), metrics, clock)
    ) as turns:
        await wake_due(store, turns, clock())
        assert await Citizen(turns, store, clock).history() == []
    assert await waiting() == []
    parked = {"channel": "web", "outcome": "parked"}
    assert metrics.registry.get_sample_value("polis_turns_total", parked) == 1


async def test_an_unfinished_draft_is_remembered_the_next_day_and_a_filed_one_is_not(
    anna, store, clock, waiting
):
    await anna.fill()
    clock.wait(days=1, hours=1)
    before = len(await anna.history())
    await wake_due(store, anna.turns, clock())
    assert len(await anna.history()) == before + 1
    await anna.press(Submit)
    clock.wait(days=1)
    drafts = [name for name in await waiting() if name.startswith("draft")]
    assert drafts == []


async def test_a_promise_that_was_missed_is_told_before_anyone_asks(anna, store, clock):
    number = await anna.files()
    clock.wait(days=4)
    before = len(await anna.history())
    await wake_due(store, anna.turns, clock())
    (told,) = (await anna.history())[before:]
    assert number in told.text


async def test_dialogs_go_on_while_thousands_are_woken(anna, store, clock, waiting):
    """What a person says is answered in between, not after all of them."""
    await wish(store, clock, *(f"c{number:03}" for number in range(400)))
    begun = asyncio.Event()
    anna.turns.on_commit(lambda _chats: begun.set())
    waking = asyncio.ensure_future(wake_due(store, anna.turns, clock()))
    await begun.wait()
    await anna.does(Said("привет"))
    async with store.look() as look:
        assert await look.has_due_reminders(clock()), "not all have been woken yet"
    await waking
    assert await waiting() == []


async def test_a_promise_stands_when_the_application_is_given_back_unread(anna, store, clock):
    """Whoever takes it and lets it go again has not kept the promise."""
    number = await anna.files()
    desk = Deciding(anna.turns, store, clock)
    await desk.take(number, "Анна", key="1")
    await desk.release(number, "Анна", key="2")
    clock.wait(days=4)
    before = len(await anna.history())
    await wake_due(store, anna.turns, clock())
    (told,) = (await anna.history())[before:]
    assert number in told.text
