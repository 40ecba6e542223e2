"""Load on one server: users who wait for each answer, and users who come when they come."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from statistics import quantiles

import psutil

from tests.bench.ground import cpu
from tests.bench.wire import Connection

USERS = 64
_WARM = 1.0  # seconds that are not counted
_LONG = 4.0  # seconds that are


@dataclass(frozen=True)
class Figures:
    """What one load came to; times in milliseconds, ``cpu`` in microseconds an update."""

    rate: float
    p50: float
    p99: float
    cpu: float


async def closed(port: int, requests: Iterator[bytes], process: psutil.Process) -> Figures:
    """Let 64 users send their next as soon as they have the answer."""
    loop = asyncio.get_running_loop()
    begin = loop.time() + _WARM
    end = begin + _LONG
    taken: list[float] = []
    spent: list[float] = []

    async def user() -> None:
        connection = await Connection.to(port)
        while (sent := loop.time()) < end:
            await connection.ask(next(requests))
            if sent >= begin:
                taken.append(loop.time() - sent)
        connection.close()

    async def watch() -> None:
        for moment in (begin, end):
            await asyncio.sleep(moment - loop.time())
            spent.append(cpu(process))

    await asyncio.gather(watch(), *(user() for _ in range(USERS)))
    return _figures(taken, spent[1] - spent[0], _LONG)


async def open_loop(
    port: int, requests: Iterator[bytes], process: psutil.Process, per_second: float
) -> Figures:
    """Let updates come at their own times, however long the answers take."""
    loop = asyncio.get_running_loop()
    random = Random(1)
    idle = [await Connection.to(port) for _ in range(USERS)]
    taken: list[float] = []

    async def update(due: float) -> None:
        connection = idle.pop() if idle else await Connection.to(port)
        await connection.ask(next(requests))
        idle.append(connection)
        taken.append(loop.time() - due)

    spent = cpu(process)
    due = loop.time()
    end = due + _LONG
    async with asyncio.TaskGroup() as tasks:
        while due < end:
            if (early := due - loop.time()) > 0:
                await asyncio.sleep(early)
            tasks.create_task(update(due))
            due += random.expovariate(per_second)
    figures = _figures(taken, cpu(process) - spent, _LONG)
    for connection in idle:
        connection.close()
    return figures


def _figures(taken: list[float], spent: float, seconds: float) -> Figures:
    cuts = quantiles(taken, n=100)
    return Figures(
        rate=len(taken) / seconds,
        p50=cuts[49] * 1e3,
        p99=cuts[98] * 1e3,
        cpu=spent / len(taken) * 1e6,
    )
