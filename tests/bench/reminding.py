"""The cost of a tick: what is due decides it, not how many reminders are kept."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Connection, text

from storage import reminders
from storage.db import Database, Store, database_at
from tests.bench.databases import postgresql
from tests.bench.table import Goal, Row, show

_SIZES = (10_000, 1_000_000, 5_000_000)
_A_CHAT = 100  # reminders; nobody has so many, but chats are not what is measured
_DUE = 2_000
_CLAIMED = 200
_LOOKS = 50
_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_SPAN = timedelta(days=90)

_CHATS = """
INSERT INTO chat (channel, address, language, owner, revision, last_seq, applications,
                  created_at, seen_at)
SELECT 'web', CAST(n AS TEXT), 'ru', 'bot', 0, 0, 0, {now}, {now} FROM {numbers}
"""
_REMINDERS = """
INSERT INTO reminder (chat_id, name, due_at, look_at)
SELECT chat.id, 'n' || n, {moment}, {moment} FROM chat, {numbers}
"""
_DIALECTS = {
    "sqlite": {
        "numbers": "(WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c "
        "WHERE n < {last}) SELECT n FROM c)",
        "now": str(int(_NOW.timestamp() * 1e6)),
        # Spread over the span by a step that does not follow the order of rows.
        "moment": f"{int(_NOW.timestamp() * 1e6)} + 1000000 + (chat.id * 7919 + n * 104729) "
        f"% {int(_SPAN.total_seconds())} * 1000000",
    },
    "postgresql": {
        "numbers": "generate_series(0, {last}) AS n",
        "now": f"TIMESTAMPTZ '{_NOW.isoformat()}'",
        "moment": f"TIMESTAMPTZ '{_NOW.isoformat()}' + make_interval(secs => 1 + "
        f"(chat.id * 7919 + n * 104729) % {int(_SPAN.total_seconds())})",
    },
}


async def reminding() -> None:
    """Measure both databases at growing sizes, and print."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polis-bench-")))
        server = postgresql(stack)
        rows = [
            *await _sizes("SQLite", lambda size: f"sqlite:///{folder / f'{size}.db'}"),
            *await _sizes("PostgreSQL", lambda _: server()),
        ]
    show(
        "A tick: the look when nothing is due, and taking up 200 of 2,000 that are",
        ["", "look µs", f"claim of {_CLAIMED} ms"],
        ["look ÷ at 10k", "claim ÷ at 10k"],
        rows,
    )


async def _sizes(name: str, url: Callable[[int], str]) -> list[Row]:
    rows, least = [], (0.0, 0.0)
    for size in _SIZES:
        async with _filled(url(size), size) as database:
            look, claim = await _look(database), await _claim(database)
        least = least if least[0] else (look, claim)
        rows.append(
            Row(
                f"{name}, {size:,} reminders",
                [f"{look * 1e6:.0f}", f"{claim * 1e3:.1f}"],
                [Goal(look / least[0], 3.0), Goal(claim / least[1], 3.0)],
            )
        )
    return rows


@asynccontextmanager
async def _filled(url: str, size: int) -> AsyncIterator[Database]:
    """Make a database in which so many wait, spread over the span, none of them due."""
    await (await Store.open(url)).close()
    database = database_at(url)
    async with database.transaction() as run:
        await run(_fill, size)
    async with database.transaction() as run:
        await run(lambda connection: connection.execute(text("ANALYZE")))
    yield database
    await database.close()


def _fill(connection: Connection, size: int) -> None:
    dialect = _DIALECTS[connection.dialect.name]
    if connection.dialect.name == "postgresql":  # no look for each row's chat
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    for statement, count in ((_CHATS, size // _A_CHAT), (_REMINDERS, _A_CHAT)):
        numbers = dialect["numbers"].format(last=count - 1)
        connection.exec_driver_sql(statement.format(**{**dialect, "numbers": numbers}))


async def _look(database: Database) -> float:
    """Look as a tick does, when nothing is due."""
    spent = []
    async with database.reading() as run:
        for _ in range(_LOOKS):
            began = perf_counter()
            assert not await run(reminders.wait, _NOW)
            spent.append(perf_counter() - began)
    return median(spent)


async def _claim(database: Database) -> float:
    """Take up what is due, in transactions as a tick does."""
    spent = []
    async with database.transaction() as run:
        due = [(chat, "now", _NOW) for chat in range(1, 101)]
        wishes = [(chat, f"{name}:{n}", at) for chat, name, at in due for n in range(_DUE // 100)]
        await run(reminders.remind, wishes)
    for _ in range(_DUE // _CLAIMED):
        began = perf_counter()
        async with database.transaction() as run:
            taken = await run(reminders.claim, _NOW, timedelta(minutes=1), _CLAIMED)
        spent.append(perf_counter() - began)
        assert len(taken) == _CLAIMED
    return median(spent)


if __name__ == "__main__":
    asyncio.run(reminding())
