"""The desk over a year of conversations: how long pages take to open, and news to come."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any, TypeAlias

from bot.assistant import turning
from bot.channels.base import Letter
from bot.summing import sum_up
from dialogs.incoming import Said
from storage import Store, migrate
from storage.db import database_at
from tests.bench.databases import postgresql
from tests.bench.table import Goal, Row, show
from tests.bot.desk.sitting import Browser, desk_of, hire, served
from tests.years import NOW, Year, fill

_TIMES = 40
_OPEN = 0.3  # seconds
_NEWS = 2.0
_SEARCH = 1.0

_Taken: TypeAlias = tuple[float, float]
"""Seconds by the clock, and of the processor in this process: SQLite's are in it."""


async def desk() -> None:
    """Measure both databases, and print."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polis-bench-")))
        server = postgresql(stack)
        rows = [
            *await _measured("SQLite", f"sqlite:///{folder / 'year.db'}"),
            *await _measured("PostgreSQL", server()),
        ]
    year = Year()
    show(
        f"The desk, {year.open_talks} dialogs open, {year.chats:,} conversations of a year",
        ["", "median ms", "processor ms"],
        ["p95 s"],
        rows,
    )


async def _measured(name: str, url: str) -> list[Row]:
    async with _sitting(url) as (desk_, sitting):
        async with desk_.store.look() as look:
            waiting = await look.talks("waiting", "anna", None, since=NOW, limit=_TIMES)
        talks = iter([one.talk.id for one in waiting])
        opened = await _timed(lambda: sitting.get(f"/desk/talks/{next(talks)}"), len(waiting))
        listed = await _timed(lambda: sitting.get("/desk/talks?view=waiting"))
        every = await _timed(lambda: sitting.get("/desk/talks?view=all"))
        months = await _timed(lambda: sitting.get("/desk/statistics?period=month"))
        years = await _timed(lambda: sitting.get("/desk/statistics?period=year"))
        now = await _timed(lambda: sitting.get("/desk/now"))
        await sitting.get("/desk/search/texts")
        sought = await _timed(lambda: sitting.post("/desk/search/texts", words="никогда"))
        news = [await _news(desk_, sitting, waiting[place]) for place in range(_TIMES // 2)]
    return [
        _row(f"{name}, the list of who waits", listed, _OPEN),
        _row(f"{name}, the list of all", every, _OPEN),
        _row(f"{name}, a dialog", opened, _OPEN),
        _row(f"{name}, statistics of a month", months, _OPEN),
        _row(f"{name}, statistics of the year", years, _OPEN),
        _row(f"{name}, how it stands now", now, _OPEN),
        _row(f"{name}, words that nobody said, in three months", sought, _SEARCH),
        _row(f"{name}, a new message on an open page", news, _NEWS),
    ]


def _row(name: str, times: list[_Taken], goal: float) -> Row:
    clock, processor = ([one[place] for one in times] for place in (0, 1))
    middle = [f"{median(part) * 1e3:.0f}" for part in (clock, processor)]
    return Row(name, middle, [Goal(quantiles(clock, n=20)[-1], goal, form=".3f")])


async def _timed(act: Callable[[], Awaitable[Any]], times: int = _TIMES) -> list[_Taken]:
    taken = []
    for _ in range(times):
        begun = perf_counter(), process_time()
        status, _, _ = await act()
        taken.append(_since(begun))
        if status != 200:
            raise RuntimeError(f"the page answered {status}")
    return taken


def _since(begun: _Taken) -> _Taken:
    return perf_counter() - begun[0], process_time() - begun[1]


async def _news(desk_: Any, sitting: Browser, listed: Any) -> _Taken:
    """Let a citizen write while a page listens; time until the page has the words."""
    path = f"/desk/talks/{listed.talk.id}"
    async with sitting.client.get(f"{path}/events") as stream:
        await _until(stream, b'"last"')
        begun = perf_counter(), process_time()
        key = f"{listed.address}:{begun[0]}"
        letter = Letter(listed.channel, listed.address, key, Said("я тут"), NOW)
        await desk_.assistant.turns.take(letter)
        await _until(stream, b'"last"')
        await sitting.get(f"{path}/newer?after={listed.talk.asked_seq}")
    return _since(begun)


async def _until(stream: Any, sign: bytes) -> None:
    async for line in stream.content:
        if sign in line:
            return


async def _summed(made: Any) -> None:
    """Sum up the days that are over, as the ticks of a few minutes do."""
    before = None
    while True:
        await sum_up(made.store, made.zone, NOW)
        async with made.store.look() as look:
            last = await look.last_summed()
        if last == before:
            return
        before = last


@asynccontextmanager
async def _sitting(url: str) -> AsyncIterator[tuple[Any, Browser]]:
    """Fill a year, and sign a representative in."""
    await migrate(url)
    database = database_at(url)
    async with database.transaction() as run:
        await run(fill)
    await database.close()
    store = await Store.open(url)
    made = await desk_of(store, lambda: NOW)
    async with turning(made.assistant), served(made) as browser:
        await _summed(made)
        _, secret = await hire(made, "anna", "representative", "supervisor")
        sitting = browser()
        await sitting.sign_in("anna", secret)
        yield made, sitting
    await store.close()
