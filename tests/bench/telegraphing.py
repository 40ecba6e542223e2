"""Ours behind Telegram's webhook beside a bare bot: every update is answered by a message."""

import asyncio
import gc
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from tests.bench.ground import Ground, cpu, ground, ratio
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
    measured: defaultdict[str, Rounds] = defaultdict(Rounds)
    async with ground() as below:
        for number in range(_ROUNDS):
            for target in _targets(number, below):
                await _measure(target, measured[target.name])
                target.stop()
    _report(measured)


def _targets(number: int, below: Ground) -> list[Target]:
    (home := below.folder / f"telegram-{number}").mkdir()
    targets: list[Target] = [
        AiogramEcho(below.sink),
        PolisInTelegram("SQLite", f"sqlite:///{home / 'polis.db'}", home, below.sink),
        PolisInTelegram("PostgreSQL", below.new_database(), home, below.sink),
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

    before, spent, began = Sink.sent, cpu(process), loop.time()
    rounds.taken.append(await closed(target.port, counted(await target.updates()), process))
    while loop.time() - max(began, Sink.last_at) < _QUIET:  # noqa: ASYNC110 — nobody else knows
        await asyncio.sleep(_QUIET / 10)
    if Sink.sent - before < made:
        raise RuntimeError(f"{target.name}: {made} updates, {Sink.sent - before} messages")
    seconds = Sink.last_at - began
    rounds.answered.append(made / seconds)
    rounds.cpu.append((cpu(process) - spent) / made * 1e6)
    rounds.rss.append(process.memory_info().rss / 2**20)


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
                    Goal(ratio(rates, [one.rate for one in bare.taken]), 0.5, True, ours),
                    Goal(ratio(rounds.answered, bare.answered), 0.3, True, ours),
                    Goal(ratio(rounds.cpu, bare.cpu), 3.5, False, ours),
                ],
            )
        )
    show(
        "Telegram's webhook, 64 deliveries at once, each update answered by a message",
        ["", "taken/s", "p50 ms", "answered/s", "CPU µs", "MiB"],
        ["taken ÷ aiogram's", "answered ÷", "CPU ÷"],
        rows,
    )
