"""Days that are over are summed up, and the sums say what the rows say."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.summing import figures, figures_by_day, span, sum_up
from storage.counting import Figure, Key
from storage.figure_schema import day_sum, fact, filling
from storage.schema import message
from tests.storage.given import asking, rows
from tests.years import NOW, Year, fill

MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
TODAY = NOW.astimezone(MOSCOW).date()
YEAR_AGO = TODAY - 366 * DAY


@pytest.fixture
async def ask(store, database_url):
    """Fill the database with a small year, and run functions of a connection on it."""
    async with asking(database_url) as ask:
        await ask(fill, Year(chats=300, messages=4, open_talks=20))
        yield ask


async def _all_summed(store):
    async def last():
        async with store.look() as look:
            return await look.last_summed()

    before = None
    await sum_up(store, MOSCOW, NOW)
    while (here := await last()) != before:
        before = here
        await sum_up(store, MOSCOW, NOW)
    return before


def _settled(figures):
    """Take drafts that may still go on for those that do not: by then they are silent."""
    settled = {}
    for key, figure in figures.items():
        named = replace(key, kind="silent" if key.kind == "going" else key.kind)
        settled.setdefault(named, Figure()).add(figure.count, figure.total)
    return settled


async def test_sums_and_rows_say_the_same(store, ask):
    """Whatever span is asked for: all of it summed up, none of it, or a part."""
    spans = [(YEAR_AGO, TODAY), (TODAY - 6 * DAY, TODAY), (TODAY, TODAY), (YEAR_AGO, TODAY - DAY)]
    counted = [_settled(await figures(store, MOSCOW, *one)) for one in spans]
    assert counted[0][Key("heard", "web", "12")].count > 0
    assert await _all_summed(store) == TODAY - 3 * DAY
    assert [_settled(await figures(store, MOSCOW, *one)) for one in spans] == counted
    by_day = (await figures_by_day(store, MOSCOW, ("heard", "called"), YEAR_AGO, TODAY))[1]
    for kind in ("heard", "called"):
        whole = sum(one.count for key, one in counted[0].items() if key.kind == kind)
        assert sum(n for (_, key), n in by_day.items() if key.kind == kind) == whole > 0


async def test_sums_stay_when_the_rows_are_gone(store, ask):
    counted = _settled(await figures(store, MOSCOW, YEAR_AGO, TODAY - 3 * DAY))
    await _all_summed(store)
    for table in (message, fact, filling):
        await ask(lambda connection, table=table: connection.execute(table.delete()))
    assert await figures(store, MOSCOW, YEAR_AGO, TODAY - 3 * DAY) == counted


async def test_a_day_is_summed_up_once_it_is_settled(store, ask):
    """A letter that the messenger held back for a day is counted on the day it was written."""
    await _all_summed(store)
    kept = await ask(rows, day_sum)
    assert {row["day"] for row in kept} <= {YEAR_AGO + n * DAY for n in range(364)}
    await sum_up(store, MOSCOW, NOW + DAY)
    added = [row for row in await ask(rows, day_sum) if row not in kept]
    assert {row["day"] for row in added} == {TODAY - 2 * DAY}


async def test_an_empty_house_sums_nothing_up(store):
    await sum_up(store, MOSCOW, NOW)
    async with store.look() as look:
        assert await look.last_summed() is None
    assert await figures(store, MOSCOW, YEAR_AGO, TODAY) == {}


def test_a_span_is_whole_days_of_the_zone():
    since, until = span(date(2026, 3, 29), date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    assert until.timestamp() - since.timestamp() == 23 * 3600, "the day on which clocks go on"
