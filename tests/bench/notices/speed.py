"""Sends a second with delivery records, beside a bare loop of aiogram that keeps none."""

import asyncio
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psutil

from dialogs.notices.content import Content, Wording
from tests.bench.ground import cpu, ground, ratio
from tests.bench.table import Goal, Row, show
from tests.bench.targets import PolisInTelegram
from tests.bench.wire import Sink
from tests.crowds import approved, crowd, daylight
from tests.servers import ROOT

TEXT = "С 1 декабря наш офис на Ленина работает до 20:00."
NOTICE = Content("Часы работы", "service", {"ru": Wording(TEXT)})
_PEOPLE = 10_000
_COUNTED = (0.1, 0.9)  # of the people: from when to when sends are counted
_ROUNDS = 2
_BARE = "bare aiogram loop"


@dataclass
class Rounds:
    """All rounds of one program."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


async def speed() -> None:
    """Measure in rounds that are interleaved, and print ratios of one round each."""
    measured: defaultdict[str, Rounds] = defaultdict(Rounds)
    async with ground() as below:
        for number in range(_ROUNDS):
            (home := below.folder / f"speed-{number}").mkdir()
            ways = [
                (_BARE, lambda: _bare(below.sink)),
                (
                    "Polis, SQLite",
                    lambda: _ours(f"sqlite:///{home / 'polis.db'}", home, below.sink),
                ),
                ("Polis, PostgreSQL", lambda: _ours(below.new_database(), home, below.sink)),
            ]
            for name, way in ways[:: 1 if number % 2 else -1]:
                rate, spent = await way()
                measured[name].rate.append(rate)
                measured[name].cpu.append(spent)
    _report(measured)


async def _bare(port: int) -> tuple[float, float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.send_aiogram",
        str(port),
        str(_PEOPLE),
        TEXT,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    await process.stdout.readline()
    process.stdin.write(b"\n")
    counted = await _counted(psutil.Process(process.pid))
    await process.wait()
    return counted


async def _ours(url: str, folder: Path, port: int) -> tuple[float, float]:
    await crowd(url, ("telegram", 1, _PEOPLE, datetime.now(UTC)))
    organisation = daylight(folder)
    await approved(url, NOTICE, ("telegram",), organisation)
    settings = {"POLIS_ORGANISATION": organisation}
    target = PolisInTelegram("", url, folder, port, settings)
    process = await asyncio.to_thread(target.start)
    counted = await _counted(process)
    await asyncio.to_thread(target.stop)
    return counted


async def _counted(process: psutil.Process) -> tuple[float, float]:
    """Return sends a second and processor time of one, in microseconds."""
    loop, before, marks = asyncio.get_running_loop(), Sink.sent, []
    for share in _COUNTED:
        while Sink.sent - before < share * _PEOPLE:  # noqa: ASYNC110 — the sink tells nobody
            await asyncio.sleep(0.01)
        marks.append((Sink.sent, loop.time(), cpu(process)))
    while Sink.sent - before < _PEOPLE:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    (sent, began, idle), (then, ended, busy) = marks
    return (then - sent) / (ended - began), (busy - idle) / (then - sent) * 1e6


def _report(measured: dict[str, Rounds]) -> None:
    bare = measured[_BARE]
    rows = []
    for name in sorted(measured):
        rounds, ours = measured[name], measured[name] is not bare
        rows.append(
            Row(
                name,
                [f"{median(rounds.rate):.0f}", f"{median(rounds.cpu):.0f}"],
                [
                    Goal(ratio(rounds.rate, bare.rate), 0.70, least=True, holds=ours),
                    Goal(ratio(rounds.cpu, bare.cpu), 2.0, holds=ours),
                ],
            )
        )
    title = f"A notice to {_PEOPLE:,} people in Telegram, whose limits are lifted"
    show(title, ["", "sends/s", "CPU µs"], ["sends/s ÷", "CPU ÷"], rows)
