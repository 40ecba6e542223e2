"""What messengers hand in: durable before it is answered for, in order whatever it waits for."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.base import Arrival, Failure, FileRef, Receipt, Undelivered, UnfitFile
from bot.fetching import Fetching
from bot.metrics import Metrics
from bot.parcels import Parcels
from bot.receiving import Receiving
from bot.safekeeping import Safe
from dialogs.incoming import Attached
from storage import Store
from storage.arrival_schema import arrival as arrival_table
from storage.db import database_at
from storage.schema import outbox
from tests.bot.conftest import Clock
from tests.bot.turning import letter, running, transcript, turns_on
from tests.databases import _migrated_file
from tests.drawings import encoded, scribble
from tests.storage.given import met, posted, rows

JPEG = encoded(scribble())
KEYS = ("a key long enough for a test of files",)
LEASE = timedelta(minutes=4)
LATER = Undelivered(Failure.LATER, "busy")
GONE = Undelivered(Failure.REJECTED, "no such file")


class Post:
    """A messenger that hands out files by name, or fails as it was told to."""

    def __init__(self):
        self.failing = {}
        self.typing = []

    async def fetch(self, file):
        """Hand a file out."""
        if self.failing.get(file.id):
            raise self.failing[file.id].pop(0)
        return JPEG

    async def show_typing(self, chat):
        """Note that it was asked for."""
        self.typing.append(chat)


class Reception:
    """Arrivals on a store, with what fetches their files."""

    def __init__(self, store, clock, turns):
        safe = Safe(store, KEYS, clock)
        parcels = Parcels(safe)
        self.clock = clock
        self.post = Post()
        self.metrics = Metrics()
        self.arrivals = Receiving(store, turns, parcels, self.metrics, clock)
        self.fetching = Fetching(store, turns, parcels, safe, {"telegram": self.post}, clock)

    async def fetch_all(self):
        """Fetch until nothing is due."""
        while await self.fetching.fetch_due():
            pass


@pytest.fixture
async def reception(store, clock):
    async with running(turns_on(store, clock)) as turns:
        yield Reception(store, clock, turns)


@pytest.fixture
async def table(database_url):
    """Read a table as it is."""
    database = database_at(database_url)

    async def read(which):
        async with database.transaction() as run:
            return await run(rows, which)

    yield read
    await database.close()


def text(clock, key, words, chat="anna"):
    return Arrival(letter(clock, chat, key, words, channel="telegram"))


def photo(clock, key, *names, caption="", album="", chat="anna", size=1000):
    attached = letter(clock, chat, key, Attached((), caption), channel="telegram")
    files = tuple(FileRef(name, "image/jpeg", size) for name in names or (f"file {key}",))
    return Arrival(attached, files, album)


async def said(store, chat="anna"):
    return [
        words for _, voice, words in await transcript(store, chat, "telegram") if voice == "citizen"
    ]


async def answered(store, chat="anna"):
    return [
        words
        for _, voice, words in await transcript(store, chat, "telegram")
        if voice == "assistant"
    ]


async def test_what_comes_with_a_file_waits_for_it_and_the_next_waits_behind(
    reception, store, clock
):
    await reception.arrivals.take([photo(clock, "1", caption="полис потерян")])
    await reception.arrivals.take([text(clock, "2", "спасибо")])
    await reception.arrivals.take([text(clock, "3", "меню", chat="boris")])
    assert await said(store) == []
    assert await said(store, "boris") == ["меню"]  # others do not wait
    await reception.fetch_all()
    assert await said(store) == ["полис потерян", "спасибо"]
    await reception.arrivals.take([text(clock, "4", "меню")])
    assert await said(store) == ["полис потерян", "спасибо", "меню"]


async def test_a_person_sees_that_something_happens_meanwhile(reception, clock):
    await reception.arrivals.take([photo(clock, "1")])
    await reception.fetch_all()
    assert reception.post.typing == ["anna"]


async def test_what_was_kept_is_kept_sealed(reception, clock, table):
    await reception.arrivals.take([photo(clock, "1", caption="СНИЛС 112-233-445 95")])
    (row,) = await table(arrival_table)
    assert "СНИЛС".encode() not in row["sealed"]


async def test_an_album_is_one_letter_whatever_its_parts_come_with(reception, store, clock):
    await reception.arrivals.take([photo(clock, "1", caption="вот", album="a")])
    await reception.fetch_all()
    clock.wait(seconds=0.5)
    await reception.arrivals.take([photo(clock, "2", album="a"), photo(clock, "3", album="a")])
    await reception.arrivals.take([text(clock, "4", "спасибо")])
    await reception.fetch_all()
    assert await said(store) == []
    clock.wait(seconds=1)
    await reception.fetch_all()
    assert await said(store) == ["вот", "спасибо"]
    async with store.look() as look:
        first = (await look.messages_after("telegram", "anna", 0, 10))[0]
    assert len(first.files) == 3


async def test_a_second_delivery_changes_nothing_before_and_after(reception, store, clock, table):
    pictures = [photo(clock, "1", album="a"), photo(clock, "2", album="a")]
    await reception.arrivals.take(pictures)
    await reception.arrivals.take(pictures)
    clock.wait(seconds=2)
    await reception.fetch_all()
    first = await transcript(store, "anna", "telegram")
    await reception.arrivals.take(pictures)
    await reception.arrivals.take([pictures[1]])
    clock.wait(seconds=2)
    await reception.fetch_all()
    assert await transcript(store, "anna", "telegram") == first
    assert await table(arrival_table) == []


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (UnfitFile("too_large"), "больше 5"),
        (UnfitFile("kind"), "не подойдёт"),
        (GONE, "не удалось получить"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_told_of_kindly(
    reception, store, clock, failure, words
):
    reception.post.failing["file 1"] = [failure]
    await reception.arrivals.take([photo(clock, "1")])
    await reception.fetch_all()
    assert words in (await answered(store))[0]


async def test_a_file_known_to_be_too_large_is_not_even_asked_for(reception, store, clock):
    await reception.arrivals.take([photo(clock, "1", size=6 * 1024 * 1024)])
    await reception.fetch_all()
    assert reception.post.typing == []
    assert "больше 5" in (await answered(store))[0]


async def test_a_messenger_that_is_busy_is_asked_again_a_few_times(reception, store, clock):
    reception.post.failing["file 1"] = [LATER] * 3
    await reception.arrivals.take([photo(clock, "1", caption="вот")])
    for _ in range(3):
        await reception.fetch_all()
        assert await said(store) == []
        clock.wait(minutes=1)
    await reception.fetch_all()
    assert await said(store) == ["вот"]


async def test_after_that_the_person_is_asked_to_send_it_again(reception, store, clock):
    reception.post.failing["file 1"] = [LATER] * 9
    await reception.arrivals.take([photo(clock, "1")])
    for _ in range(4):
        await reception.fetch_all()
        clock.wait(minutes=1)
    assert "ещё раз" in (await answered(store))[0]


async def test_a_fetch_cut_short_is_done_again_by_another(store, clock, table):
    async with running(turns_on(store, clock)) as turns:
        first = Reception(store, clock, turns)
        await first.arrivals.take([photo(clock, "1", caption="вот"), text(clock, "2", "спасибо")])
        async with store.work() as work:  # taken, and never heard of again
            await work.claim_arrivals(["telegram"], clock(), LEASE, 1)
        heir = Reception(store, clock, turns)
        await heir.fetch_all()
        assert await said(store) == []
        clock.wait(minutes=5)
        await heir.fetch_all()
        assert await said(store) == ["вот", "спасибо"]
    assert await table(arrival_table) == []


async def test_two_processes_bring_each_arrival_once(store, clock, migrated_url):
    pictures = [
        photo(clock, str(number), caption=f"{number}", chat=f"c{number % 3}")
        for number in range(12)
    ]
    async with running(turns_on(store, clock)) as turns:
        one, other = Reception(store, clock, turns), Reception(store, clock, turns)
        for picture in pictures:
            await one.arrivals.take([picture])
        await asyncio.gather(*(each.fetch_all() for each in (one, other)))
        await one.fetch_all()
        for chat in range(3):
            assert await said(store, f"c{chat}") == [f"{number}" for number in range(chat, 12, 3)]


EVENTS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["text", "photo", "again"]), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(EVENTS)
def test_a_chat_keeps_its_order_whatever_comes_with_files(walk):
    """Texts, photos and second deliveries, fetched now or later: all is heard once, in order."""
    asyncio.run(_walked(walk))


async def _walked(walk):
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        (Path(folder) / "polis.db").write_bytes(_migrated_file())
        store = await Store.open(f"sqlite:///{folder}/polis.db")
        stack.push_async_callback(store.close)
        clock = Clock()
        turns = await stack.enter_async_context(running(turns_on(store, clock)))
        reception = Reception(store, clock, turns)
        sent, expected = [], {"a": [], "b": []}
        for number, (chat, kind, fetched) in enumerate(walk):
            if kind == "again" and sent:
                await reception.arrivals.take([sent[number % len(sent)]])
                continue
            make = photo if kind == "photo" else text
            more = {"caption": f"{number}"} if kind == "photo" else {"words": f"слово {number}"}
            one = make(clock, str(number), chat=chat, **more)
            sent.append(one)
            expected[chat].append(f"{number}" if kind == "photo" else f"слово {number}")
            await reception.arrivals.take([one])
            if fetched:
                await reception.fetch_all()
        await reception.fetch_all()
        for chat, words in expected.items():
            assert await said(store, chat) == words


async def test_receipts_only_move_forward_and_fail_what_had_been_sent(
    reception, store, clock, table
):
    anna, boris = await met(store, "anna", "boris")
    await posted(store, anna, 1, at=clock())
    await posted(store, boris, 1, at=clock())
    async with store.work() as work:
        first, second = await work.claim("telegram", clock(), LEASE, 10)
        await work.sent([(first.id, "m1"), (second.id, "m2")], clock())
    confirm = reception.arrivals.confirm
    await confirm("telegram", [Receipt("m1", "read"), Receipt("m1", "delivered")])
    await confirm("telegram", [Receipt("m1", "sent")])
    await confirm("telegram", [Receipt("m2", "failed", Failure.GONE, "no such number")])
    await confirm("telegram", [Receipt("m2", "delivered")])
    states = [(row["state"], row["reason"]) for row in await table(outbox)]
    assert states == [("sent", None), ("failed", "no such number")]
    async with store.look() as look:
        assert (await look.chat("telegram", "boris")).gone_at == clock()
        assert (await look.chat("telegram", "anna")).gone_at is None


async def test_a_receipt_that_comes_before_its_message_is_written_down_is_not_lost(
    reception, store, clock, table
):
    (anna,) = await met(store, "anna")
    await posted(store, anna, 1, at=clock())
    async with store.work() as work:
        (one,) = await work.claim("telegram", clock(), LEASE, 10)
    told = Receipt("m1", "failed", Failure.REJECTED, "window closed")
    await reception.arrivals.confirm("telegram", [told])
    async with store.work() as work:
        await work.sent([(one.id, "m1")], clock())
        assert await work.failed_before("telegram", ["m1"], clock()) == []
    assert [(row["state"], row["reason"]) for row in await table(outbox)] == [
        ("failed", "window closed")
    ]


@pytest.mark.parametrize("is_held", [True, False])
async def test_a_status_settles_what_nobody_knew_to_be_sent(
    reception, store, clock, table, is_held
):
    """An answer that waits for another try is not sent twice; a notice given up is sent."""
    (anna,) = await met(store, "anna")
    await posted(store, anna, 1, at=clock())
    async with store.work() as work:
        (one,) = await work.claim("telegram", clock(), LEASE, 10)
        if is_held:
            await work.later([(anna.id, clock() + LEASE)])
            await work.progress([(one.id, 0, True)])
        else:
            await work.unknown([(one.id, "connection")], clock())
    await reception.arrivals.confirm("telegram", [Receipt("m1", "sent", chat="anna", seq=1)])
    assert [(row["state"], row["foreign_id"]) for row in await table(outbox)] == [("sent", "m1")]


async def test_a_status_leaves_alone_what_is_on_its_way_or_has_not_begun(
    reception, store, clock, table
):
    (anna,) = await met(store, "anna")
    await posted(store, anna, 1, at=clock())
    told = Receipt("m1", "delivered", chat="anna", seq=1)
    await reception.arrivals.confirm("telegram", [told])
    async with store.work() as work:
        await work.claim("telegram", clock(), LEASE, 10)
    await reception.arrivals.confirm("telegram", [told])
    assert [row["state"] for row in await table(outbox)] == ["pending"]


async def test_a_status_that_settles_a_message_may_fail_it(reception, store, clock, table):
    (anna,) = await met(store, "anna")
    await posted(store, anna, 1, at=clock())
    async with store.work() as work:
        (one,) = await work.claim("telegram", clock(), LEASE, 10)
        await work.later([(anna.id, clock() + LEASE)])
        await work.progress([(one.id, 0, True)])
    told = Receipt("m1", "failed", Failure.REJECTED, "window (131047)", "anna", 1)
    await reception.arrivals.confirm("telegram", [told])
    (row,) = await table(outbox)
    assert (row["state"], row["reason"]) == ("failed", "window (131047)")


async def test_what_is_refused_leaves_nothing_but_a_count(reception, table):
    reception.arrivals.refused("telegram", "forged")
    assert b'polis_updates_refused_total{channel="telegram",why="forged"} 1.0' in (
        reception.metrics.page()
    )
