"""Dialogs beside a notice: how long an answer takes while fifty thousand people are written to."""

import asyncio
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from tests.bench.notices.speed import NOTICE
from tests.bench.table import Goal, Row, show
from tests.bench.targets import PolisInTelegram, questions, update
from tests.bench.wire import Connection, Sink
from tests.crowds import approved, crowd, daylight

_PEOPLE = 50_000
_CITIZENS = 900_000_000  # who writes, from this number on: nobody of the crowd
_PER_SECOND = 5.0
_TIMES = 150
_PACES = {"30/s, as published": 30.0, "1000/s, as paid for": 1000.0}
_SOME = 2_000
_numbers = count(1)


async def beside() -> None:
    """Measure at both paces, idle first in the same process, and print."""
    sink = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    port = sink.sockets[0].getsockname()[1]
    rows = []
    with tempfile.TemporaryDirectory(prefix="polis-bench-") as folder:
        for number, (name, pace) in enumerate(_PACES.items()):
            (home := Path(folder) / str(number)).mkdir()
            idle, busy, rate = await _measured(home, port, pace)
            rows += [_row(f"{name}, idle", idle, 0.0), _row(f"{name}, {rate:.0f}/s go", busy, idle)]
    Sink.heard = None
    sink.close()
    title = f"From a question in Telegram to its answer, while {_PEOPLE:,} people get a notice"
    show(title, ["", "median ms"], ["p95 s", "p95 ÷ idle"], rows)


async def _measured(home: Path, port: int, pace: float) -> tuple[list[float], list[float], float]:
    url, organisation = f"sqlite:///{home / 'polis.db'}", daylight(home)
    await crowd(url, ("telegram", 1, _PEOPLE, datetime.now(UTC)))
    settings = {"POLIS_ORGANISATION": organisation}
    target = PolisInTelegram("", url, home, port, settings, pace)
    await asyncio.to_thread(target.start)
    await _asked(target, 20)
    idle = await _asked(target, _TIMES)
    before = Sink.sent
    await approved(url, NOTICE, ("telegram",), organisation)
    while Sink.sent < before + min(_SOME, 30 * pace):  # noqa: ASYNC110 — past the first stage
        await asyncio.sleep(0.1)
    loop = asyncio.get_running_loop()
    since, at = Sink.sent, loop.time()
    busy = await _asked(target, _TIMES)
    rate = (Sink.sent - since) / (loop.time() - at)
    await asyncio.to_thread(target.stop)
    return idle, busy, rate


async def _asked(target: PolisInTelegram, times: int) -> list[float]:
    """Let people ask, one after another at an even pace, and time each first answer."""
    loop = asyncio.get_running_loop()
    connection = await Connection.to(target.port)
    asked: dict[bytes, float] = {}
    taken: dict[bytes, float] = {}

    def heard(chat: bytes, at: float) -> None:
        if chat in asked:
            taken.setdefault(chat, at - asked[chat])

    Sink.heard = heard
    texts = [one["text"] for one in questions("dev")]
    for place in range(times):
        number = next(_numbers)
        asked[str(_CITIZENS + number).encode()] = loop.time()
        await connection.ask(update(number, texts[place % len(texts)], _CITIZENS + number))
        await asyncio.sleep(1 / _PER_SECOND)
    async with asyncio.timeout(60):
        while len(taken) < times:  # noqa: ASYNC110 — the sink tells nobody
            await asyncio.sleep(0.05)
    connection.close()
    return list(taken.values())


def _row(name: str, taken: list[float], idle: list[float] | float) -> Row:
    p95 = quantiles(taken, n=20)[-1]
    goals = [Goal(p95, 1.0, form=".3f")]
    if isinstance(idle, list):
        goals.append(Goal(p95 / quantiles(idle, n=20)[-1], 3.0))
    return Row(name, [f"{median(taken) * 1e3:.0f}"], goals)
