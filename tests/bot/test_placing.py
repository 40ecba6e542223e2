"""A file stays while a conversation or an application has a place for it, and no longer."""

from datetime import timedelta

import pytest

from bot.deciding import Deciding
from bot.safekeeping import Safe
from bot.scheduler import sweep
from dialogs.buttons import encode
from dialogs.incoming import Attached, Opened, Pressed, Said
from dialogs.meanings import (
    Agree,
    BeginAnyway,
    Cancel,
    Change,
    Choose,
    Discard,
    Edit,
    Skip,
    Submit,
    Withdraw,
)
from tests.bot.citizens import Citizen
from tests.bot.turning import running, turns_on
from tests.drawings import PDF

YEAR = timedelta(days=365)


@pytest.fixture
async def turns(store, clock):
    """Run turns for the length of a test."""
    async with running(turns_on(store, clock)) as turns:
        yield turns


class Sender(Citizen):
    """A citizen with papers to send."""

    @property
    def safe(self):
        """Where files are kept."""
        return Safe(self.store, ["a key " * 8], self.clock)

    async def sends(self, *, twice=False):
        """Send a file and return its name."""
        sent = await self.safe.keep(self.channel, self.chat, PDF)
        letter = self.letter(Attached((sent,)))
        for _ in range(1 + twice):
            await self.turns.take(letter)
        return sent.id

    async def comes_to_receipts(self):
        """Answer everything up to the question that asks for files."""
        await self.does(Opened("f-reimbursement"))
        if await self.shown(BeginAnyway):
            await self.press(BeginAnyway)
        if await self.shown(Agree):
            await self.press(Agree)
        await self.press(Choose, value="me")
        await self.does(Said("1.11.2026"))
        await self.press(Skip)

    async def has(self, name):
        """Tell whether a file is still there."""
        return await self.safe.fetch(self.channel, self.chat, name) is not None

    async def files_with_receipts(self, count):
        """File an application, and return the names of what came with it."""
        await self.comes_to_receipts()
        names = [await self.sends() for _ in range(count)]
        await self.press(Choose, value="done")
        await self.press(Submit)
        return names


@pytest.fixture
def anna(turns, store, clock):
    """Give a citizen."""
    return Sender(turns, store, clock)


async def test_a_file_that_no_question_asks_for_does_not_stay(anna):
    assert not await anna.has(await anna.sends())


async def test_the_history_names_a_file_only_if_it_stays(anna):
    await anna.sends()
    await anna.comes_to_receipts()
    name = await anna.sends()
    sent = [one.files for one in await anna.history() if one.files]
    assert sent == [("application/pdf",), (f"application/pdf; name={name}",)]


async def test_a_file_sent_at_a_question_of_another_kind_does_not_stay(anna):
    await anna.does(Opened("f-reimbursement"))
    await anna.press(Agree)
    assert not await anna.has(await anna.sends())


async def test_a_file_that_was_asked_for_stays(anna):
    await anna.comes_to_receipts()
    one, two = await anna.sends(), await anna.sends()
    await anna.does(Said("какие документы нужны?"))
    assert await anna.has(one)
    assert await anna.has(two)


async def test_a_file_delivered_twice_stays_once_asked_for(anna):
    await anna.comes_to_receipts()
    assert await anna.has(await anna.sends(twice=True))


async def test_files_of_a_discarded_draft_go_with_it(anna):
    await anna.comes_to_receipts()
    name = await anna.sends()
    await anna.press(Cancel)
    assert await anna.has(name)
    await anna.press(Discard)
    assert not await anna.has(name)


async def test_files_of_a_parked_draft_stay(anna):
    await anna.comes_to_receipts()
    name = await anna.sends()
    await anna.does(Opened("f-table"))
    assert await anna.has(name)


async def test_a_filed_application_has_its_files(anna, clock):
    (name,) = await anna.files_with_receipts(1)
    await anna.does(Opened())
    await anna.does(Said("меню"))
    assert await anna.has(name)


async def test_files_that_were_exchanged_at_the_review_go(anna):
    await anna.comes_to_receipts()
    old = await anna.sends()
    await anna.press(Choose, value="done")
    await anna.press(Change)
    await anna.press(Edit, step="receipts")
    new = await anna.sends()
    await anna.press(Choose, value="done")
    await anna.press(Submit)
    assert await anna.has(new)
    assert not await anna.has(old)


async def test_a_clarification_given_up_costs_the_application_nothing(anna, turns, store, clock):
    """What was filed stays filed, whatever becomes of the draft that repeats it."""
    (name,) = await anna.files_with_receipts(1)
    number = (await anna.application()).number
    desk = Deciding(turns, store, clock)
    await desk.take(number, "Ольга", key="1")
    await desk.clarify(number, "Ольга", ("receipts",), "Не видно суммы.", key="2")
    assert await anna.has(name)
    more = await anna.sends()
    await anna.does(Pressed(encode(Withdraw(number, sure=True))))
    assert (await anna.application()).state == "withdrawn"
    assert await anna.has(name)
    assert not await anna.has(more)


async def test_one_person_does_not_touch_the_files_of_another(anna, turns, store, clock):
    """A name that is typed is a name that is mentioned, and still not one's own."""
    await anna.comes_to_receipts()
    name = await anna.sends()
    boris = Sender(turns, store, clock, chat="boris")
    await boris.comes_to_receipts()
    await boris.sends()
    await boris.press(Choose, value="done")
    await boris.press(Change)
    await boris.press(Edit, step="note")
    await boris.does(Said(name))
    await boris.press(Cancel)
    await boris.press(Discard)
    assert await anna.has(name)


async def test_a_file_whose_turn_never_came_is_swept_after_a_day(anna, store, clock):
    sent = await anna.safe.keep("web", "anna", PDF)
    await anna.comes_to_receipts()
    asked = await anna.sends()
    clock.wait(hours=23)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert await anna.has(sent.id)
    clock.wait(hours=2)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert not await anna.has(sent.id)
    assert await anna.has(asked)


async def test_files_go_at_the_end_of_the_term_even_from_applications(anna, store, clock):
    (name,) = await anna.files_with_receipts(1)
    clock.wait(days=364)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert await anna.has(name)
    clock.wait(days=2)
    await sweep(store, clock, YEAR, 5 * YEAR)
    assert not await anna.has(name)
