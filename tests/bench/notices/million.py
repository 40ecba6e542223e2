"""A notice to a million: how long they take to be gathered, the memory, the bytes, the page."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import psutil
from sqlalchemy import Connection, text

from storage import Store
from storage.db import Database, database_at
from tests.bench.ground import ground
from tests.bench.notices.speed import NOTICE
from tests.bench.table import Goal, Row, show
from tests.bench.targets import PolisInTelegram
from tests.bench.wire import Sink
from tests.crowds import approved, crowd, daylight

PEOPLE = 1_000_000
_PACE = 1000.0  # messages a second, as Telegram sells them
_SENT = 10_000  # messages, during which memory and page are watched
_REST = 5.0  # seconds in which an idle process is watched

_SIZES = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'notice_recipient%'",
    "postgresql": "SELECT pg_indexes_size('notice_recipient') + "
    "pg_relation_size('notice_recipient')",
}
_BATCHES = {
    "claims": "SELECT count(*), count(DISTINCT at) FROM message WHERE wording IS NOT NULL",
    "results": "SELECT count(*), count(DISTINCT at) FROM notice_recipient WHERE state = 4",
}


@dataclass
class Figures:
    """What one database came to."""

    gathered: float = 0.0
    spent: float = 0.0
    size: float = 0.0
    idle: float = 0.0
    most: float = 0.0
    rate: float = 0.0
    page: list[float] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)


async def million() -> None:
    """Measure both databases, and print."""
    async with ground() as below:
        folder, port = below.folder, below.sink
        rows = [
            _row("SQLite", await _measured(f"sqlite:///{folder / 'polis.db'}", folder, port)),
            _row("PostgreSQL", await _measured(below.new_database(), folder, port)),
        ]
    show(
        f"A notice to {PEOPLE:,} people, at {_PACE:.0f}/s",
        ["", "wall s", "sends/s", "of one claim, result", "idle MiB", "count worst ms"],
        ["gathered, CPU s", "bytes each", "more MiB", "count median ms"],
        rows,
    )


async def _measured(url: str, folder: Path, port: int) -> Figures:
    figures, organisation = Figures(), daylight(folder)
    await crowd(url, ("telegram", 1, PEOPLE, datetime.now(UTC)))
    settings = {"POLIS_ORGANISATION": organisation}
    target = PolisInTelegram("", url, folder, port, settings, _PACE)
    process = await asyncio.to_thread(target.start)
    await asyncio.sleep(_REST)
    figures.idle = figures.most = _mib(process)
    content = replace(NOTICE, in_stages=False)
    number, _ = await approved(url, content, ("telegram",), organisation)
    store, database = await Store.open(url), database_at(url)
    await _gathered(store, number, process, figures)
    figures.size = await _asked(database, _SIZES) / PEOPLE
    await _sent(store, number, process, figures)
    figures.batches = [await _batch(database, one) for one in _BATCHES.values()]
    await store.close()
    await database.close()
    await asyncio.to_thread(target.stop)
    return figures


async def _gathered(store: Store, number: int, process: psutil.Process, figures: Figures) -> None:
    """Wait until all recipients are there; processor time is that of the database's server, too."""
    spent = _cpu(process)
    while True:
        async with store.look() as look:
            state = (await look.notice(number)).state
            moves = await look.notice_moves(number)
        figures.most = max(figures.most, _mib(process))
        if state == "sending":
            break
        await asyncio.sleep(0.05)
    at = {one.deed: one.at for one in moves}
    figures.gathered = (at["begin"] - at["gather"]).total_seconds()
    figures.spent = _cpu(process) - spent


async def _sent(store: Store, number: int, process: psutil.Process, figures: Figures) -> None:
    """Watch while messages go, and count as the page does."""
    sent, begun = Sink.sent, perf_counter()
    while Sink.sent < sent + _SENT:
        asked = perf_counter()
        async with store.look() as look:
            await look.notice_counts(number)
        figures.page.append(perf_counter() - asked)
        figures.most = max(figures.most, _mib(process))
        await asyncio.sleep(0.5)
    figures.rate = (Sink.sent - sent) / (perf_counter() - begun)


async def _asked(database: Database, by_dialect: dict[str, str]) -> int:
    def ask(connection: Connection) -> int:
        return int(connection.execute(text(by_dialect[connection.dialect.name])).scalar_one())

    async with database.reading() as run:
        return await run(ask)


async def _batch(database: Database, query: str) -> str:
    """Tell how many rows one commit held: those of one commit have the same moment."""

    def ask(connection: Connection) -> Any:
        return connection.execute(text(query)).one()

    async with database.reading() as run:
        rows, commits = await run(ask)
    return f"{rows / commits:.0f}"


def _mib(process: psutil.Process) -> float:
    return float(process.memory_info().rss / 2**20)


def _cpu(process: psutil.Process) -> float:
    """Add up processor time, with that of a PostgreSQL of ours, and of no other."""
    total = 0.0
    for one in (process, *_servers()):
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system
    return total


def _servers() -> Iterator[psutil.Process]:
    """Find the servers of this measurement by their folder, see `tests.bench.databases`."""
    for one in psutil.process_iter():
        with suppress(psutil.Error):
            if one.name().startswith("postgres") and "polis-bench-" in " ".join(one.cmdline()):
                yield one
                yield from one.children(recursive=True)


def _row(name: str, figures: Figures) -> Row:
    return Row(
        name,
        [
            f"{figures.gathered:.1f}",
            f"{figures.rate:.0f}",
            ", ".join(figures.batches),
            f"{figures.idle:.0f}",
            f"{max(figures.page) * 1e3:.0f}",
        ],
        [
            Goal(figures.spent, 5.0, form=".1f"),
            Goal(figures.size, 120, form=".0f"),
            Goal(figures.most - figures.idle, 30, form=".1f"),
            Goal(median(figures.page) * 1e3, 300, form=".0f"),
        ],
    )
