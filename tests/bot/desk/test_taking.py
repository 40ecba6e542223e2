"""Whose application it is: taken, taken over, listed as mine or nobody's, and live."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.bot.desk.sitting import hire, served, words_of
from tests.bot.desk.test_applications import KEY, deeds, file, staffed, state


@pytest.fixture(autouse=True)
def _monday(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


async def colleague(desk, browser, login="boris", name="Борис"):
    """Let a colleague sign in at the same desk."""
    _, secret = await hire(desk, login, "representative", name=name)
    sitting = browser()
    await sitting.sign_in(login, secret)
    return sitting


async def press(sitting, page, move, **more):
    """Press a button of an application's page; returns the status and the page."""
    status, text, _ = await sitting.post(f"{page}/move/{move}", key=f"{KEY}-{move}", **more)
    return status, text


async def test_what_a_colleague_has_nobody_else_decides(store, clock):
    """The page says whose it is, and offers to take it over instead of the moves."""
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, "1000-0000-1")
        assert (await press(anna, page, "take"))[0] == 303
        shown = (await boris.get(page))[1]
        assert "Заявление ведёт Анна" in words_of(shown)
        assert "/move/approve" not in shown
        for move, more in (("approve", {}), ("reject", {"reason": "нет"}), ("release", {})):
            status, text = await press(boris, page, move, **more)
            assert status == 409
            assert "Анна" in words_of(text)
        assert await state(desk, "1000-0000-1") == "in_review"
        assert (await press(anna, page, "approve"))[0] == 303


async def test_taken_over_it_is_the_colleagues_and_the_journal_says_from_whom(store, clock):
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, "1000-0000-1")
        await press(anna, page, "take")
        before = await state(desk, "1000-0000-1")
        assert (await press(boris, page, "take-over", seen="anna"))[0] == 303
        assert ("application_taken_over", "application:1000-0000-1", "anna") in await deeds(desk)
        assert await state(desk, "1000-0000-1") == before
        status, text = await press(anna, page, "approve")
        assert (status, "Борис" in words_of(text)) == (409, True)
        assert (await press(boris, page, "approve"))[0] == 303


async def test_it_is_taken_over_from_whom_one_saw_only(store, clock):
    """Of two who take it over at one moment one has it, and the other is told whose it is."""
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        others = [await colleague(desk, browser, one, one.title()) for one in ("boris", "vera")]
        page = await file(desk, "1000-0000-1")
        await press(anna, page, "take")
        pressed = await asyncio.gather(
            *(press(one, page, "take-over", seen="anna") for one in others)
        )
        assert sorted(status for status, _ in pressed) == [303, 409]
        entry = await one_entry(store, "1000-0000-1")
        assert entry.taken_by in {"boris", "vera"}


async def test_given_back_it_is_nobodys(store, clock):
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, "1000-0000-1")
        await press(anna, page, "take")
        await press(anna, page, "release")
        assert (await one_entry(store, "1000-0000-1")).taken_by == ""
        rows = (await boris.get("/desk/applications/rows?state=submitted&whose=nobody"))[1]
        assert "1000-0000-1" in rows
        assert "Анна" not in rows
        assert (await press(boris, page, "take"))[0] == 303


async def test_nobody_is_told_to_take_over_what_is_decided_for_good(store, clock):
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, "1000-0000-1")
        await press(anna, page, "take")
        await press(anna, page, "reject", reason="не та анкета")
        shown = words_of((await boris.get(page))[1])
        assert "У кого Анна" in shown
        assert "заберите" not in shown


async def test_lists_show_mine_nobodys_and_all(store, clock):
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        await press(anna, await file(desk, "1000-0000-1"), "take")
        await press(boris, await file(desk, "2000-0000-1"), "take")
        await file(desk, "3000-0000-1")
        listed = {}
        for whose in ("mine", "nobody", "all"):
            for of_state in ("submitted", "in_review"):
                path = f"/desk/applications?state={of_state}&whose={whose}"
                text = (await anna.get(path))[1].partition("<tbody")[2]
                listed[whose, of_state] = [
                    number for number in "123" if f"{number}000-0000-1" in text
                ]
        assert listed == {
            ("mine", "submitted"): [],
            ("mine", "in_review"): ["1"],
            ("nobody", "submitted"): ["3"],
            ("nobody", "in_review"): [],
            ("all", "submitted"): ["3"],
            ("all", "in_review"): ["1", "2"],
        }


async def test_an_open_list_hears_that_something_was_taken(store, clock):
    async with staffed(store, clock) as (desk, anna), served(desk) as browser:
        boris = await colleague(desk, browser)
        page = await file(desk, "1000-0000-1")
        async with boris.client.get("/desk/applications/events?whose=nobody") as stream:
            await until(stream, b'"submitted":1')
            await press(anna, page, "take")
            await until(stream, b'"submitted":0')
        rows = (await boris.get("/desk/applications/rows?state=in_review"))[1]
        assert "<tr" in rows
        assert "<html" not in rows


async def one_entry(store, number):
    """Read an application as lists show it."""
    async with store.look() as look:
        return await look.application_entry(number)


async def until(stream, sign):
    """Listen until a piece of news holds something."""
    async with asyncio.timeout(20):
        async for line in stream.content:
            if sign in line:
                return
