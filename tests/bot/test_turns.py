"""Turns: each letter changes one conversation, exactly once, together with others."""

import asyncio
import json
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from sqlalchemy import text

from bot import events
from bot.channels import base
from bot.metrics import Metrics
from bot.turns import LARGEST
from dialogs.incoming import (
    Attached,
    Busy,
    ClaimChecked,
    ClaimTaken,
    CodeChecked,
    CodeSent,
    Filed,
    FileSent,
    Incoming,
    Issued,
    Moved,
    NotIssued,
    Opened,
    Outdated,
    Paused,
    Pressed,
    Returned,
    Said,
    Scanned,
    Stopped,
    Unreadable,
    Vouched,
    Woke,
)
from dialogs.move_events import (
    AllHanded,
    CodeTyped,
    DraftHanded,
    DraftSought,
    DraftWanted,
    MoveCode,
)
from dialogs.paper import PaperPolicy
from dialogs.rulings import ExtractWithdrawn, LinkDecided
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    Queued,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
    SetAside,
)
from storage.db import database_at
from storage.schema import parked
from tests.bot.turning import POISON, begin, citizen, letter, running, transcript, turns_on
from tests.storage.given import rows
from tests.worlds import knowledge

ENP = "6449020886006380"


@pytest.fixture
async def turns(store, clock):
    """Give turns that run."""
    async with running(turns_on(store, clock)) as turns:
        yield turns


@pytest.fixture
async def ask(database_url):
    """Run a function of a connection on the database, past the store."""
    database = database_at(database_url)

    async def run(act, *args):
        async with database.transaction() as inside:
            return await inside(act, *args)

    yield run
    await database.close()


async def session_of(store, chat):
    async with store.look() as look:
        return (await look.chat("web", chat)).session


def apology():
    return knowledge().words["ru"]("apology")


def committed(turns):
    """Collect which chats are told of, commit by commit."""
    told = []
    turns.on_commit(lambda chats: told.append([chat for _, chat in chats]))
    return told


async def test_a_letter_delivered_five_times_at_once_is_answered_once(turns, store, clock):
    same = letter(clock, "anna", "1", "спасибо")
    await asyncio.gather(*(turns.take(same) for _ in range(5)))
    assert [voice for _, voice, _ in await transcript(store, "anna")] == ["citizen", "assistant"]


async def test_a_letter_delivered_again_much_later_is_a_no_op(turns, store, clock):
    for _ in range(3):
        await turns.take(letter(clock, "anna", "1", "спасибо"))
        clock.wait(days=1)
    assert len(await transcript(store, "anna")) == 2


async def test_two_processes_with_one_letter_answer_it_once(store, clock, database_url):
    """A messenger may deliver to both; the unique key is in the database."""
    other = await type(store).open(database_url)
    same = letter(clock, "anna", "1", "спасибо")
    async with (
        running(turns_on(store, clock)) as here,
        running(turns_on(other, clock)) as there,
    ):
        await asyncio.gather(*(turns.take(same) for turns in (here, there) * 3))
    await other.close()
    assert len(await transcript(store, "anna")) == 2


async def test_letters_of_one_chat_keep_their_order(turns, store, clock):
    said = [f"слово {number}" for number in range(12)]
    letters = [letter(clock, "anna", str(number), word) for number, word in enumerate(said)]
    await asyncio.gather(*map(turns.take, letters))
    assert await citizen(store, "anna") == said


async def test_places_in_a_chat_have_no_gaps(turns, store, clock):
    await asyncio.gather(
        *(
            turns.take(letter(clock, chat, str(number), "полис"))
            for number in range(5)
            for chat in ("anna", "boris")
        )
    )
    for chat in ("anna", "boris"):
        places = [seq for seq, _, _ in await transcript(store, chat)]
        assert places == list(range(1, len(places) + 1))


async def test_what_has_gathered_is_committed_together(store, clock):
    turns = turns_on(store, clock)
    told = committed(turns)
    async with running(turns), asyncio.TaskGroup() as tasks:
        for number in range(LARGEST + 10):
            tasks.create_task(turns.take(letter(clock, f"chat{number:03}", "1", "полис")))
    assert [len(chats) for chats in told] == [LARGEST, 10]


async def test_a_second_letter_of_a_chat_waits_for_the_next_commit(store, clock):
    turns = turns_on(store, clock)
    told = committed(turns)
    async with running(turns), asyncio.TaskGroup() as tasks:
        for chat, key in ("anna", "1"), ("anna", "2"), ("boris", "1"):
            tasks.create_task(turns.take(letter(clock, chat, key, "полис")))
    assert told == [["anna", "boris"], ["anna"]]


async def test_a_turn_that_raises_is_parked_alone_and_answered_with_an_apology(
    store, clock, ask, caplog
):
    """The others of its batch go on; its session is as it was; its form goes on afterwards."""
    turns = turns_on(store, clock)
    async with running(turns):
        await begin(turns, clock, "anna")
        known = await transcript(store, "anna")
        before = await session_of(store, "anna")
        told = committed(turns)
        await asyncio.gather(
            turns.take(letter(clock, "boris", "1", "спасибо")),
            turns.take(letter(clock, "anna", "2", POISON)),
            turns.take(letter(clock, "clara", "1", "спасибо")),
        )
        assert told == [["boris", "anna", "clara"]]
        assert await session_of(store, "anna") == before
        assert [one[1:] for one in (await transcript(store, "anna"))[len(known) :]] == [
            ("citizen", POISON),
            ("assistant", apology()),
        ]
        for chat in ("boris", "clara"):
            assert len(await transcript(store, chat)) == 2
        await turns.take(letter(clock, "anna", "3", "На двоих"))
    assert (await session_of(store, "anna"))["draft"]["answers"] == {"seats": "two"}
    (event,) = await ask(rows, parked)
    assert (event["channel"], event["key"], event["error"]) == (
        "web",
        "anna:2",
        ZeroDivisionError.__name__,
    )
    assert events.read(event["event"]) == Said(POISON)
    assert POISON not in caplog.text


async def test_a_parked_letter_delivered_again_gets_no_second_apology(turns, store, clock, ask):
    await begin(turns, clock, "anna")
    for _ in range(3):
        await turns.take(letter(clock, "anna", "2", POISON))
    assert [text for _, _, text in await transcript(store, "anna")].count(apology()) == 1
    assert len(await ask(rows, parked)) == 1


EVENTS = (
    MoveCode("482106", 3),
    DraftSought("found"),
    DraftWanted(7, "telegram", 3),
    CodeTyped("telegram"),
    DraftHanded("loss", 1, {"who": "me"}, {"name": "photo"}),
    AllHanded("telegram", "7", {"draft": None}, 1, 2),
    Opened("t-loss"),
    Said("слово \ud83d\0"),
    Pressed("m"),
    Attached((FileSent("f1", "image/jpeg", 10, ("dark",)),), "чек"),
    Attached((), refused=("kind", "lost")),
    Unreadable("voice"),
    Filed("table", "0000-0001-0"),
    Moved("0000-0001-0", "table", "needs_clarification", "Не видно даты", date(2026, 12, 1)),
    Moved("0000-0001-0", "table", "in_review", steps=("seats",), answers={"seats": ["two"]}),
    Woke("draft"),
    Queued("live", 2, 5),
    RepresentativeJoined("Анна"),
    RepresentativeSaid("Анна", "Да"),
    PassedOn("Борис"),
    HandedIn("Анна", "table", "seats", {"seats": "two"}),
    SetAside(),
    RepresentativeLeft("closed", 7),
    Stopped(),
    Returned(),
    Outdated("table", ("seats",)),
    Scanned(("file-1",), PaperPolicy("1", "И", "А", "", "female", date(1990, 2, 1), None)),
    CodeSent(),
    Paused(datetime(2026, 11, 22, 9, 1, tzinfo=UTC)),
    CodeChecked(7),
    ClaimTaken(),
    ClaimChecked(7),
    Vouched("+79000000001"),
    Scanned(("f1",), PaperPolicy("9" * 16, "А", "Б", "", "female", date(1990, 2, 1), None)),
    Busy(7),
    Issued(7, "K7QM-2XTB-9HRD-4W3F"),
    NotIssued(7, "elsewhere"),
    LinkDecided(7, "Смирнова Анна", True, "принесла доверенность"),
    ExtractWithdrawn("K7QM-2XTB-9HRD-4W3F", "ошибка в данных"),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_read_back_as_it_was(event):
    assert events.read(json.loads(json.dumps(events.write(event)))) == event


def test_whatever_can_happen_can_be_parked():
    assert {type(event) for event in EVENTS} == set(get_args(Incoming))


@pytest.mark.parametrize(
    "event", [{}, {"event": "gone"}, {"event": "said"}, {"event": "left", "x": 1}]
)
def test_what_is_no_event_is_refused(event):
    with pytest.raises(ValueError, match="no such event"):
        events.read(event)


async def test_a_failing_database_is_told_to_the_one_who_waits_and_writes_nothing(
    turns, store, clock, ask
):
    """The same letter later succeeds, so whoever delivers it again loses nothing."""
    await turns.take(letter(clock, "anna", "1", "полис"))
    before = await session_of(store, "anna")
    again = letter(clock, "anna", "2", "спасибо")
    await ask(lambda connection: connection.execute(text("ALTER TABLE message RENAME TO away")))
    with pytest.raises(Exception, match="message"):
        await turns.take(again)
    assert await session_of(store, "anna") == before
    await ask(lambda connection: connection.execute(text("ALTER TABLE away RENAME TO message")))
    await turns.take(again)
    assert await citizen(store, "anna") == ["полис", "спасибо"]


async def test_a_failing_database_fails_all_who_wait_and_the_turns_go_on(turns, store, clock, ask):
    letters = [letter(clock, f"chat{number}", "1", "спасибо") for number in range(8)]
    await ask(lambda connection: connection.execute(text("ALTER TABLE message RENAME TO away")))
    ends = await asyncio.gather(*map(turns.take, letters), return_exceptions=True)
    assert all(isinstance(end, Exception) for end in ends)
    await ask(lambda connection: connection.execute(text("ALTER TABLE away RENAME TO message")))
    await asyncio.gather(*map(turns.take, letters))
    for one in letters:
        assert len(await transcript(store, one.chat)) == 2


async def test_one_letter_that_the_database_refuses_does_not_hold_up_the_others(
    turns, store, clock, ask
):
    """Each of its batch is then committed alone."""
    await turns.take(letter(clock, "boris", "1", "полис"))
    spoil = text("UPDATE chat SET last_seq = 0 WHERE address = 'boris'")
    await ask(lambda connection: connection.execute(spoil))
    chats = ("anna", "boris", "clara")
    ends = await asyncio.gather(
        *(turns.take(letter(clock, chat, "2", "спасибо")) for chat in chats), return_exceptions=True
    )
    assert [isinstance(end, Exception) for end in ends] == [False, True, False]
    for chat in ("anna", "clara"):
        assert len(await transcript(store, chat)) == 2


async def test_closing_commits_what_was_taken_and_takes_no_more(store, clock):
    turns = turns_on(store, clock)
    taken = [
        asyncio.ensure_future(turns.take(letter(clock, "anna", str(number), f"слово {number}")))
        for number in range(5)
    ]
    await asyncio.sleep(0)  # each of them hands its letter in, and waits
    turns.close()
    with pytest.raises(base.Busy):
        await turns.take(letter(clock, "anna", "6", "поздно"))
    await turns.run()
    await asyncio.gather(*taken)
    assert await citizen(store, "anna") == [f"слово {number}" for number in range(5)]


async def test_beyond_the_bound_letters_are_refused_until_there_is_room(store, clock):
    turns = turns_on(store, clock, full=3)
    taken = [
        asyncio.ensure_future(turns.take(letter(clock, f"chat{number}", "1", "полис")))
        for number in range(4)
    ]
    await asyncio.wait({taken[3]})
    assert isinstance(taken[3].exception(), base.Busy)
    async with running(turns):
        await asyncio.gather(*taken[:3])
        await turns.take(letter(clock, "chat3", "1", "полис"))
    assert await citizen(store, "chat3") == ["полис"]


async def test_whoever_stops_waiting_stops_nothing(turns, store, clock):
    """A page that left has still said what it said."""
    leaving = asyncio.ensure_future(turns.take(letter(clock, "anna", "1", "полис")))
    await asyncio.sleep(0)
    leaving.cancel()
    await turns.take(letter(clock, "anna", "2", "спасибо"))
    assert await citizen(store, "anna") == ["полис", "спасибо"]


async def test_a_number_nobody_asked_for_is_not_kept(turns, store, clock, ask, caplog):
    """Neither the history nor the session nor the editors' list holds it, nor does any log."""
    await turns.take(letter(clock, "anna", "1", f"мой полис {ENP} не принимают"))
    assert len(await citizen(store, "anna")) == 1
    assert ENP not in str(await transcript(store, "anna"))
    assert ENP not in str(await session_of(store, "anna"))
    for table in parked.metadata.tables.values():
        assert ENP not in str(await ask(rows, table))
    assert ENP not in caplog.text


async def test_a_number_is_not_shown_in_the_history_even_where_the_core_fails(
    turns, store, clock, monkeypatch
):
    monkeypatch.setattr("tests.bot.turning.POISON", f"яд {ENP}")
    await begin(turns, clock, "anna")
    await turns.take(letter(clock, "anna", "2", f"яд {ENP}"))
    assert (await transcript(store, "anna"))[-1][2] == apology()
    assert ENP not in str(await transcript(store, "anna"))


async def test_a_message_to_a_pushed_channel_goes_to_the_outbox_in_the_same_transaction(
    store, clock
):
    async with running(turns_on(store, clock, pushed=("telegram",))) as turns:
        await turns.take(letter(clock, "anna", "1", "спасибо", channel="telegram"))
        await turns.take(letter(clock, "anna", "1", "спасибо", channel="web"))
    async with store.look() as look:
        assert await look.outbox_depth() == {"telegram": 1}


async def test_counts_tell_the_outcomes(store, clock):
    metrics = Metrics()
    async with running(turns_on(store, clock, metrics)) as turns:
        await begin(turns, clock, "anna")
        await turns.take(letter(clock, "anna", "agree", "да"))
        await turns.take(letter(clock, "anna", "2", POISON))
    page = metrics.page().decode()
    for outcome, count in ("done", 2), ("repeated", 1), ("parked", 1):
        assert f'polis_turns_total{{channel="web",outcome="{outcome}"}} {count}.0' in page
