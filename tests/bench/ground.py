"""What a measurement stands on: a messenger that takes all, a folder, databases to be had."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from tests.bench.databases import postgresql
from tests.bench.wire import Sink


@dataclass(frozen=True)
class Ground:
    """``sink`` is the port of the messenger; a new database is in PostgreSQL, given by its URL."""

    sink: int
    folder: Path
    new_database: Callable[[], str]


@asynccontextmanager
async def ground() -> AsyncIterator[Ground]:
    """Prepare it, and tidy up at the end."""
    sink = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="polis-bench-"))
        yield Ground(sink.sockets[0].getsockname()[1], Path(folder), postgresql(stack))
    sink.close()


def cpu(process: psutil.Process) -> float:
    """Tell the processor time of a process so far, in seconds."""
    times = process.cpu_times()
    return float(times.user + times.system)


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Compare two programs round by round, in which the machine was the same for both."""
    return median(this / that for this, that in zip(these, those, strict=True))
