"""What turns leave for the statistics: facts, and where people stand in forms."""

import pytest

from bot.deciding import Deciding
from dialogs.incoming import Opened, Pressed, Said
from dialogs.meanings import Discard, Submit
from storage.figure_schema import fact, filling
from tests.bot.citizens import Citizen
from tests.bot.turning import running, turns_on
from tests.storage.given import asking, rows


@pytest.fixture
async def told(database_url):
    """Read a table of figures, its instants and numbers left out."""

    async def read(table, *columns):
        async with asking(database_url) as ask:
            return [tuple(row[one] for one in columns) for row in await ask(rows, table)]

    return read


async def _stands(told):
    return await told(filling, "form", "step", "ending")


async def test_a_form_is_followed_from_its_beginning_to_its_filing(store, clock, told):
    async with running(turns_on(store, clock)) as turns:
        anna = Citizen(turns, store, clock)
        await anna.does(Opened("f-table"))
        assert await _stands(told) == [("table", "consent", "")]
        await anna.does(Said("да"))
        assert await _stands(told) == [("table", "seats", "")]
        await anna.does(Said("потеряла полис что делать"))
        assert await _stands(told) == [("table", "seats", "")], "a question moves nothing"
        await anna.does(Said("1"))
        assert await _stands(told) == [("table", "review", "")]
        await anna.press(Submit)
        assert await _stands(told) == [("table", "review", "filed")]


async def test_a_form_that_is_given_up_is_kept_with_its_step(store, clock, told):
    async with running(turns_on(store, clock)) as turns:
        anna = Citizen(turns, store, clock)
        await anna.does(Opened("f-table"))
        await anna.does(Said("да"))
        await anna.does(Said("отмена"))
        await anna.press(Discard)
        assert await _stands(told) == [("table", "seats", "dropped")]
        await anna.does(Opened("f-table"))
        assert await _stands(told) == [("table", "seats", "dropped"), ("table", "seats", "")]


async def test_a_decision_leaves_whether_the_term_was_kept(store, clock, told):
    async with running(turns_on(store, clock)) as turns:
        anna, desk = Citizen(turns, store, clock), Deciding(turns, store, clock)
        for key, number in (("soon", "0000-0001-0"), ("late", "0000-0002-0")):
            await anna.fill()
            await anna.press(Submit)
            await desk.take(number, "Мария", key=f"{key}1")
            if key == "late":
                clock.wait(days=60)
            await desk.reject(number, "Мария", "Нет данных", key=f"{key}2")
    kept = [row for row in await told(fact, "channel", "kind", "name") if row[1] != "answered"]
    assert kept == [("web", "kept", "table"), ("web", "late", "table")]


async def test_questions_leave_a_fact_that_knows_of_nobody(store, clock, told):
    async with running(turns_on(store, clock)) as turns:
        anna = Citizen(turns, store, clock)
        await anna.does(Said("потеряла полис что делать"))
        (helped,) = (
            one.code for one in (await anna.history())[-1].buttons if one.label == "Помогло"
        )
        await anna.does(Pressed(helped))
        await anna.does(Said("фывапролджэ ячсмитьбю крякозябра"))
    kept = await told(fact, "channel", "kind", "name")
    assert kept[:2] == [("web", "answered", "loss"), ("web", "helpful", "loss")]
    assert {kind for _, kind, _ in kept[2:]} <= {"unsure"}
