"""Ours behind Telegram's webhook beside a bare bot: every update is answered by a message."""

import asyncio
import gc
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from tests.bench.databases import postgresql
from tests.bench.load import Figures, closed
from tests.bench.table import Goal, Row, show
from tests.bench.targets import AiogramEcho, PolisInTelegram, Target
from tests.bench.wire import Sink

_ROUNDS = 3
_QUIET = 2.0  # seconds without a message: all are out


@dataclass
class Rounds:
    """All rounds of one target; ``answered`` is updates a second until the last is answered."""

    taken: list[Figures] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rss: list[float] = field(default_factory=list)


async def telegraphing() -> None:
    """Measure in rounds that are interleaved, and print ratios of one round each."""
    gc.freeze()
    sink = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    port = sink.sockets[0].getsockname()[1]
    measured: defaultdict[str, Rounds] = defaultdict(Rounds)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polis-bench-")))
        new_database = postgresql(stack)
        for number in range(_ROUNDS):
            for target in _targets(number, folder, new_database, port):
                await _measure(target, measured[target.name])
                target.stop()
    sink.close()
    _report(measured)


def _targets(number: int, folder: Path, new_database: Callable[[], str], sink: int) -> list[Target]:
    (home := folder / f"telegram-{number}").mkdir()
    targets: list[Target] = [
        AiogramEcho(sink),
        PolisInTelegram("SQLite", f"sqlite:///{home / 'polis.db'}", home, sink),
        PolisInTelegram("PostgreSQL", new_database(), home, sink),
    ]
    return targets[number % 3 :] + targets[: number % 3]


async def _measure(target: Target, rounds: Rounds) -> None:
    """Load it, and wait for the last answer: an update taken is only half of the work."""
    process = target.start()
    loop = asyncio.get_running_loop()
    made = 0

    def counted(updates: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal made
        for one in updates:
            made += 1
            yield one

    before, spent, began = Sink.sent, _cpu(process), loop.time()
    rounds.taken.append(await closed(target.port, counted(await target.updates()), process))
    while loop.time() - max(began, Sink.last_at) < _QUIET:  # noqa: ASYNC110 — nobody else knows
        await asyncio.sleep(_QUIET / 10)
    if Sink.sent - before < made:
        raise RuntimeError(f"{target.name}: {made} updates, {Sink.sent - before} messages")
    seconds = Sink.last_at - began
    rounds.answered.append(made / seconds)
    rounds.cpu.append((_cpu(process) - spent) / made * 1e6)
    rounds.rss.append(process.memory_info().rss / 2**20)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _report(measured: dict[str, Rounds]) -> None:
    bare = measured["bare aiogram echo"]
    rows = []
    for name, rounds in measured.items():
        ours = rounds is not bare
        rates = [one.rate for one in rounds.taken]
        rows.append(
            Row(
                name,
                [
                    f"{median(rates):.0f}",
                    f"{median(one.p50 for one in rounds.taken):.0f}",
                    f"{median(rounds.answered):.0f}",
                    f"{median(rounds.cpu):.0f}",
                    f"{median(rounds.rss):.0f}",
                ],
                [
                    Goal(_ratio(rates, [one.rate for one in bare.taken]), 0.5, True, ours),
                    Goal(_ratio(rounds.answered, bare.answered), 0.3, True, ours),
                    Goal(_ratio(rounds.cpu, bare.cpu), 3.5, False, ours),
                ],
            )
        )
    show(
        "Telegram's webhook, 64 deliveries at once, each update answered by a message",
        ["", "taken/s", "p50 ms", "answered/s", "CPU µs", "MiB"],
        ["taken ÷ aiogram's", "answered ÷", "CPU ÷"],
        rows,
    )


def _ratio(these: list[float], those: list[float]) -> float:
    return median(this / that for this, that in zip(these, those, strict=True))
