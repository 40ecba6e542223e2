"""Notices at the desk over HTTP: what is refused, and that nothing written is lost or runs."""

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.assistant import turning
from bot.channels.base import Letter
from dialogs.incoming import Said
from tests.bot.desk.sitting import desk_of, hire, served, words_of
from tests.bot.desk.test_pages import NASTY

WRITTEN = {"title": "Офис", "kind": "service", "text.ru": "Мы переехали.", "when": "now"}


@pytest.fixture
def clock(clock):
    """Let it be a working day."""
    clock.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return clock


@asynccontextmanager
async def staffed(store, clock, regions=("all",)):
    """Serve a desk whose turns run, with an operator signed in and one citizen known."""
    desk = await desk_of(store, clock)
    async with turning(desk.assistant), served(desk) as browser:
        letter = Letter("web", "mother", "m:1", Said("привет"), clock())
        await desk.assistant.turns.take(letter)
        _, secret = await hire(desk, "pavel", "operator", regions=regions)
        sitting = browser()
        await sitting.sign_in("pavel", secret)
        yield desk, sitting


async def write(sitting, **more):
    """Keep a notice; return its address."""
    await sitting.get("/desk/notices/new")
    status, text, headers = await sitting.post("/desk/notices/new", **{**WRITTEN, **more})
    assert status == 303, words_of(text)
    return headers["Location"].partition("?")[0]


async def test_the_button_says_to_how_many_and_other_numbers_are_refused(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        _, text, _ = await sitting.get(address)
        assert "Отправить 1 получателю" in words_of(text)
        status, text, _ = await sitting.post(f"{address}/send", expected="500")
        assert status == 409
        assert "было 500, сейчас 1" in words_of(text)
        assert (await sitting.post(f"{address}/send", expected="1"))[0] == 303


async def test_whoever_wrote_it_does_not_approve_it(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        await sitting.post(f"{address}/submit")
        status, text, _ = await sitting.post(f"{address}/approve")
        assert status == 409
        assert "другой человек" in words_of(text)


async def test_what_two_have_changed_at_once_is_shown_to_the_second_and_not_lost(store, clock):
    async with staffed(store, clock) as (_, sitting):
        address = await write(sitting)
        first = {**WRITTEN, "text.ru": "Первый", "revision": "1"}
        assert (await sitting.post(f"{address}/edit", **first))[0] == 303
        second = {**WRITTEN, "text.ru": "Второй", "revision": "1"}
        status, text, _ = await sitting.post(f"{address}/edit", **second)
        assert status == 409
        assert "Второй" in text


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"when": "at", "starts_at": "завтра"}, "Непонятно, когда начать"),
        ({"expires": "много"}, "Одно из чисел"),
        ({"budget": "1000000"}, "Одно из чисел"),
    ],
)
async def test_a_slip_is_said_in_words_and_the_text_stays(store, clock, slip, told):
    async with staffed(store, clock) as (_, sitting):
        await sitting.get("/desk/notices/new")
        status, text, _ = await sitting.post("/desk/notices/new", **{**WRITTEN, **slip})
        assert status == 400
        assert told in words_of(text)
        assert "Мы переехали." in text


async def test_nobody_writes_to_citizens_of_regions_that_he_may_not_see(store, clock):
    """Whose region nobody knows is not of region 77, so nobody is left."""
    async with staffed(store, clock, regions=("77",)) as (_, sitting):
        address = await write(sitting, region="50")
        _, text, _ = await sitting.get(address)
        assert "Отправить" not in words_of(text).replace("Отправить?", "")


async def test_nothing_that_is_written_in_a_notice_becomes_markup(store, clock):
    async with staffed(store, clock) as (_, sitting):
        more = {"title": NASTY, "text.ru": NASTY, "question.ru": NASTY, "answers.ru": NASTY[:20]}
        address = await write(sitting, **more)
        await sitting.post(f"{address}/send-back", why=NASTY)
        for path in (address, f"{address}/edit", "/desk/notices", f"{address}/results"):
            _, text, _ = await sitting.get(path)
            assert not re.search(r"<script>alert|<img src=x|onerror=alert\(2\)>", text), path
            assert "&lt;script&gt;" in text, path


async def test_the_results_are_handed_out_without_anybody_s_address(store, clock):
    async with staffed(store, clock) as (desk, sitting):
        address = await write(sitting)
        await sitting.post(f"{address}/send", expected="1")
        for _ in range(20):
            await desk.assistant.broadcasting.step()
        _, page, _ = await sitting.get(address)
        assert "завершено" in words_of(page)
        _, table, headers = await sitting.post(f"{address}/export")
        assert headers["Content-Type"].startswith("text/csv")
        head, row, *_ = table.splitlines()
        assert head.lstrip("\ufeff") == "person,chat,channel,state,reason,at"
        assert row.split(",")[2:4] == ["web", "accepted"]
        assert "mother" not in table
