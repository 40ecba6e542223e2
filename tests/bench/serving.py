"""Ours beside bare echoes: updates a second, delay under load, processor time."""

import gc
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from tests.bench.ground import Ground, ground
from tests.bench.load import Figures, closed, open_loop
from tests.bench.table import Goal, Row, show
from tests.bench.targets import AiogramEcho, AiohttpEcho, Polis, Target

_ROUNDS = 3
_PER_SECOND = 200  # updates, under open load


@dataclass
class Rounds:
    """All rounds of one target."""

    closed: list[Figures]
    open: list[Figures]
    rss: list[float]


async def serving() -> None:
    """Measure in rounds that are interleaved, and print ratios of one round each."""
    gc.freeze()
    measured: defaultdict[str, Rounds] = defaultdict(lambda: Rounds([], [], []))
    batches: dict[str, dict[str, int]] = {}
    async with ground() as below:
        for number in range(_ROUNDS):
            for target in _targets(number, below):
                await _measure(target, measured[target.name])
                if isinstance(target, Polis):
                    batches[target.name] = await target.batches()
                target.stop()
    _report(measured)
    _report_batches(batches)


def _targets(number: int, below: Ground) -> list[Target]:
    """Make this round's targets, in an order that turns by one each round."""
    (home := below.folder / str(number)).mkdir()
    targets: list[Target] = [
        AiohttpEcho(),
        AiogramEcho(below.sink),
        Polis("SQLite", f"sqlite:///{home / 'polis.db'}", home),
        Polis("PostgreSQL", below.new_database(), home),
    ]
    return targets[number % 4 :] + targets[: number % 4]


async def _measure(target: Target, rounds: Rounds) -> None:
    process = target.start()
    updates = await target.updates()
    rounds.open.append(await open_loop(target.port, updates, process, _PER_SECOND))
    rounds.closed.append(await closed(target.port, updates, process))
    rounds.rss.append(process.memory_info().rss / 2**20)


def _report(measured: dict[str, Rounds]) -> None:
    bare = measured["bare aiogram echo"]
    rows = []
    for name, rounds in measured.items():
        ours = name.startswith("Polis")
        rows.append(
            Row(
                name,
                [
                    f"{median(one.rate for one in rounds.closed):.0f}",
                    f"{median(one.p50 for one in rounds.closed):.0f}",
                    f"{median(one.cpu for one in rounds.closed):.0f}",
                    f"{median(one.p50 for one in rounds.open):.1f}",
                    f"{median(one.p99 for one in rounds.open):.1f}",
                    f"{median(rounds.rss):.0f}",
                ],
                [
                    Goal(_ratio(rounds.closed, bare.closed, "rate"), 0.5, least=True, holds=ours),
                    Goal(_ratio(rounds.closed, bare.closed, "cpu"), 2.0, holds=ours),
                    Goal(_ratio(rounds.open, bare.open, "p99"), 3.0, holds=ours),
                ],
            )
        )
    show(
        "64 users who wait for each answer; then 200 updates/s whatever happens",
        ["", "updates/s", "p50 ms", "CPU µs", "open p50", "open p99", "MiB"],
        ["updates/s ÷ aiogram's", "CPU ÷", "open p99 ÷"],
        rows,
    )


def _ratio(these: list[Figures], those: list[Figures], what: str) -> float:
    return median(
        getattr(this, what) / getattr(that, what) for this, that in zip(these, those, strict=True)
    )


def _report_batches(batches: dict[str, dict[str, int]]) -> None:
    for name, counted in batches.items():
        whole = counted["+Inf"]
        shares = ", ".join(f"≤ {size}: {100 * n // whole} %" for size, n in counted.items())
        print(f"  batches of {name}: {shares}")  # noqa: T201
