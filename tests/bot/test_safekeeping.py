"""Files rest sealed: the database tells nothing of them, and only their own chat gets them."""

import asyncio
import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from bot import safekeeping
from bot.channels.base import LARGEST_FILE, Busy, UnfitFile
from bot.naming import mentioned, new_name
from bot.safekeeping import ChannelFiles, Safe
from bot.sealing import CannotOpen, Seal
from storage.files import KeptFile
from tests.drawings import PDF, encoded, opened, scribble

OLD, NEW, OTHER = ("key of a year " * 3, "key of today " * 3, "key of nobody " * 3)
JPEG = encoded(scribble())


@pytest.mark.parametrize("content", [b"", b"x", PDF, bytes(100_000)])
def test_what_was_sealed_opens_again(content):
    seal = Seal([NEW])
    assert seal.open(seal.seal(content, "a"), "a") == content


def test_sealed_bytes_hold_nothing_of_the_content_and_never_look_alike():
    seal = Seal([NEW])
    one, two = seal.seal(PDF, "a"), seal.seal(PDF, "a")
    assert b"PDF" not in one
    assert one[4:] != two[4:]


@pytest.mark.parametrize("keys", [[OTHER], [OTHER, OLD]])
def test_another_key_opens_nothing(keys):
    with pytest.raises(CannotOpen):
        Seal(keys).open(Seal([NEW]).seal(PDF, "a"), "a")


def test_a_new_key_in_front_leaves_what_the_old_one_sealed_readable():
    sealed = Seal([OLD]).seal(PDF, "a")
    both = Seal([NEW, OLD])
    assert both.open(sealed, "a") == PDF
    assert Seal([NEW]).open(both.seal(PDF, "a"), "a") == PDF


@pytest.mark.parametrize("place", [0, 4, 16, 30, -1])
def test_sealed_bytes_that_were_changed_do_not_open(place):
    seal = Seal([NEW])
    changed = bytearray(seal.seal(PDF, "a"))
    changed[place] ^= 1
    with pytest.raises(CannotOpen):
        seal.open(bytes(changed), "a")


@pytest.mark.parametrize("sealed", [b"", b"abc", bytes(16), bytes(31)])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(CannotOpen):
        Seal([NEW]).open(sealed, "a")


def test_sealed_bytes_open_under_their_own_label_only():
    seal = Seal([NEW])
    with pytest.raises(CannotOpen):
        seal.open(seal.seal(PDF, "web anna"), "web boris")


def _safe(store, clock, *keys, **more):
    return Safe(store, keys or (NEW,), clock, **more)


async def test_a_file_comes_back_to_the_chat_that_sent_it(store, clock):
    files = ChannelFiles("web", _safe(store, clock))
    sent = await files.keep("anna", JPEG)
    kind, content = await files.fetch("anna", sent.id)
    assert (sent.kind, sent.size, sent.flaws) == (kind, len(content), ())
    assert opened(content).size == (64, 48)


async def test_other_chats_and_channels_do_not_get_it(store, clock):
    safe = _safe(store, clock)
    sent = await ChannelFiles("web", safe).keep("anna", PDF)
    assert await ChannelFiles("web", safe).fetch("boris", sent.id) is None
    assert await ChannelFiles("telegram", safe).fetch("anna", sent.id) is None
    assert await ChannelFiles("web", safe).fetch("anna", new_name()) is None


async def test_the_database_holds_nothing_of_it(store, clock, database_url):
    content = PDF[:9] + b"% SECRET NAME OF A CITIZEN\n" + PDF[9:]
    sent = await ChannelFiles("web", _safe(store, clock)).keep("anna", content)
    async with store.look() as look:
        kept = await look.file("web", "anna", sent.id)
    for piece in (b"SECRET", b"%PDF", b"%%EOF", b"startxref"):
        assert piece not in kept.sealed
    assert kept.kind == "application/pdf"
    assert kept.size == len(content)


async def test_without_its_key_a_file_is_as_good_as_gone(store, clock, caplog):
    sent = await ChannelFiles("web", _safe(store, clock)).keep("anna", PDF)
    assert await ChannelFiles("web", _safe(store, clock, OTHER)).fetch("anna", sent.id) is None
    assert "POLIS_FILES_KEY" in caplog.text
    assert sent.id not in caplog.text


async def test_a_file_moved_to_another_chat_in_the_database_does_not_open(store, clock):
    """Whoever can write into the database still cannot show one person another's papers."""
    safe = _safe(store, clock)
    sent = await safe.keep("web", "anna", PDF)
    async with store.look() as look:
        kept = await look.file("web", "anna", sent.id)
    async with store.work() as work:
        moved = KeptFile(new_name(), kept.kind, kept.size, kept.received_at, kept.sealed)
        await work.keep_file(moved, "web", "boris")
    assert await safe.fetch("web", "boris", moved.id) is None


async def test_what_is_too_large_or_unfit_is_not_kept(store, clock):
    safe = _safe(store, clock)
    for content, problem in ((PDF + bytes(LARGEST_FILE), "too_large"), (b"MZ", "kind")):
        with pytest.raises(UnfitFile) as refused:
            await safe.keep("web", "anna", content)
        assert refused.value.problem == problem
    async with store.look() as look:
        assert await look.chat("web", "anna") is None


class Gate:
    """Something slow to do in a thread: it counts how many are inside, and waits for us."""

    def __init__(self):
        self.inside = self.most = self.done = 0
        self.open = threading.Event()

    def __call__(self):
        """Pass when the gate is open."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.open.wait(10)
        self.inside -= 1
        self.done += 1


async def test_one_file_is_looked_into_at_a_time(store, clock):
    safe, gate = _safe(store, clock), Gate()
    gate.open.set()
    await asyncio.gather(*(safe.alone(gate) for _ in range(8)))
    assert (gate.most, gate.done) == (1, 8)


async def test_beyond_a_short_queue_files_are_asked_for_later(store, clock):
    safe, gate = _safe(store, clock), Gate()
    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(safe.alone(gate)) for _ in range(9)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await safe.alone(gate)
        gate.open.set()
    assert all(one.done() for one in waiting)


async def test_a_file_out_of_time_is_refused_and_keeps_its_place_until_it_ends(store, clock):
    safe, gate = _safe(store, clock, patience=0.05), Gate()
    with pytest.raises(UnfitFile):
        await safe.alone(gate)
    with pytest.raises(Busy):
        await safe.alone(gate)
    gate.open.set()
    while gate.done < 2:
        with suppress(Busy, UnfitFile):  # a slow machine needs more than one try
            await safe.alone(gate)
    assert gate.most == 1


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (None, 0),
        ("file-", 0),
        ("profile-photo", 0),
        pytest.param(new_name(), 1, id="a name"),
        ({"parts": {"photo": [new_name(), new_name()]}}, 2),
        ([{"value": {"files": [new_name()]}}, 7, True, None, f"keep:{new_name()}"], 2),
        ([new_name()[:-1]], 0),
    ],
)
def test_names_of_files_are_found_wherever_they_are_mentioned(value, count):
    assert len(mentioned(value)) == count


def test_names_do_not_repeat():
    assert len({new_name() for _ in range(1000)}) == 1000


def test_patience_is_more_than_any_photo_takes():
    """The largest takes two seconds on a slow machine."""
    assert timedelta(seconds=safekeeping.PATIENCE) >= timedelta(seconds=10)
