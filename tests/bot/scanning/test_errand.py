"""A photo that somebody sends is read beside the conversation, and does not stay."""

import asyncio
from datetime import date
from functools import cache
from itertools import count

import pytest

from bot.assistant import assemble
from bot.channels.base import Letter
from bot.safekeeping import Safe
from bot.scanning.errand import ScanErrand
from bot.scanning.scanner import Scanner
from dialogs.incoming import Attached, Opened, Pressed, Said
from tests.bot.scanning.paper import layout_2
from tests.bot.scanning.photos import page, photo
from tests.bot.turning import running
from tests.databases import (  # noqa: F401 — fixtures
    migrated_postgresql_url,
    migrated_sqlite_url,
    migrated_url,
)
from tests.worlds import NOON, knowledge

WHO = ("9978940898005000", "ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1))
NAME = {"surname": "Иванова", "given": "Анна", "patronymic": "Петровна"}


@cache
def taken():
    """Take a photo of the policy."""
    return photo(page(layout_2(*WHO), columns=8), angle=6, size=(1500, 2000))


@pytest.fixture
def safe(store, clock):
    """Give a safe that all assistants of a test share, as processes do."""
    return Safe(store, ("a key of the tests " * 2,), clock)


def _assistant(store, clock, safe, scanner=None):
    scanning = ScanErrand(safe, scanner or Scanner(), NOON.date)
    return assemble(knowledge(), store, clock, scanning=scanning)


class Anna:
    """Somebody who fills in an application and has the paper at hand."""

    def __init__(self, clock, safe):
        self.clock = clock
        self.safe = safe
        self.keys = count(1)

    async def does(self, assistant, *incoming):
        """Do one thing after another."""
        for one in incoming:
            letter = Letter("web", "anna", f"anna:{next(self.keys)}", one, self.clock(), "ru")
            await assistant.turns.take(letter)

    async def sends(self, assistant, content):
        """Send a photo; return the name it was given."""
        file = await self.safe.keep("web", "anna", content)
        await self.does(assistant, Attached((file,)))
        return file.id


def to_the_name():
    """Come to the question for the name."""
    return Opened("f-loss"), Said("да"), Said("потерян"), Said("за себя")


async def _session(store):
    async with store.look() as look:
        return (await look.chat("web", "anna")).session


async def _last(store):
    async with store.look() as look:
        return (await look.messages_after("web", "anna", 0, 100))[-1]


async def test_what_is_read_is_filled_in_once_confirmed_and_the_photo_goes(store, clock, safe):
    anna = Anna(clock, safe)
    assistant = _assistant(store, clock, safe)
    async with running(assistant.turns):
        await anna.does(assistant, *to_the_name())
        name = await anna.sends(assistant, taken())
    again = _assistant(store, clock, safe)  # a restart between the photo and its reading
    async with running(again.turns):
        assert await safe.fetch("web", "anna", name)
        await again.errands[0].do_due()
        shown = await _last(store)
        assert "Иванова Анна Петровна" in shown.text
        assert "9978 9408 9800 5000" in shown.text
        assert shown.data == "personal"
        assert await safe.fetch("web", "anna", name) is None
    third = _assistant(store, clock, safe)  # and one between showing and confirming
    async with running(third.turns):
        await anna.does(third, Pressed("F"))
        draft = (await _session(store))["draft"]
        assert draft["answers"]["name"] == NAME
        assert draft["answers"]["enp"] == WHO[0]
        assert draft["sources"] == {"name": "photo", "born_on": "photo", "enp": "photo"}


async def test_the_desk_can_tell_what_was_read_from_what_was_typed(store, clock, safe):
    anna = Anna(clock, safe)
    assistant = _assistant(store, clock, safe)
    async with running(assistant.turns):
        await anna.does(assistant, *to_the_name())
        await anna.sends(assistant, taken())
        await assistant.errands[0].do_due()
        rest = ("паспорт", "4510 111222", "8 903 111 22 33", "пропустить", "да")
        await anna.does(assistant, Pressed("F"), *map(Said, rest))
        async with store.work() as work:
            chats = await work.chats([("web", "anna")], clock(), {})
            (application,) = (await work.applications([chats["web", "anna"].id])).popitem()[1]
        async with store.look() as look:
            paper = await look.application(application.number)
    assert paper.sources == {"name": "photo", "born_on": "photo", "enp": "photo"}
    assert paper.answers["name"] == NAME


async def test_a_photo_of_a_draft_given_up_does_not_stay_either(store, clock, safe):
    anna = Anna(clock, safe)
    assistant = _assistant(store, clock, safe)
    async with running(assistant.turns):
        await anna.does(assistant, *to_the_name())
        name = await anna.sends(assistant, taken())
        await anna.does(assistant, Said("отмена"), Said("1"))
        assert await safe.fetch("web", "anna", name) is None
        said = await _last(store)
        await assistant.errands[0].do_due()
        assert await _last(store) == said


async def test_a_photo_that_cannot_be_looked_at_is_told_and_the_question_stays(store, clock, safe):
    class Broken(Scanner):
        async def scan(self, content, today):
            raise MemoryError

    anna = Anna(clock, safe)
    assistant = _assistant(store, clock, safe, Broken())
    async with running(assistant.turns):
        await anna.does(assistant, *to_the_name())
        await anna.sends(assistant, taken())
        await assistant.errands[0].do_due()
        async with store.look() as look:
            *_, told, question = await look.messages_after("web", "anna", 0, 100)
    assert "неполадка у нас" in told.text
    assert question.text.startswith("Шаг 3")


async def test_the_event_loop_goes_on_while_a_photo_is_read(store, clock, safe):
    """Nobody else's message waits for it: the longest gap between two beats stays short."""
    anna = Anna(clock, safe)
    assistant = _assistant(store, clock, safe)
    loop = asyncio.get_running_loop()
    gaps = []

    async def beat(until):
        last = loop.time()
        while not until.done():
            await asyncio.wait([until], timeout=0.005)
            gaps.append(loop.time() - last)
            last = loop.time()

    async with running(assistant.turns):
        await anna.does(assistant, *to_the_name())
        await anna.sends(assistant, photo(page(layout_2(*WHO), 4, columns=8), angle=9, blur=6))
        reading = asyncio.ensure_future(assistant.errands[0].do_due())
        await beat(reading)
    assert len(gaps) > 20
    assert max(gaps) < 0.5
