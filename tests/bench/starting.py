"""From the start of the process to its first answer, and what it costs to be idle."""

import asyncio
import json
import tempfile
import urllib.request
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from tests.bench.table import Goal, Row, show
from tests.bench.targets import AiogramEcho
from tests.bench.wire import Connection, Sink
from tests.servers import Server

_TIMES = 5


class Starts:
    """What several starts of one program took; seconds and MiB."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self.idle: list[float] = []

    def add(self, began: float, idle: float, process: psutil.Process) -> None:
        """Add one, at the moment of its first answer."""
        self.wall.append(perf_counter() - began)
        times = process.cpu_times()
        self.cpu.append(times.user + times.system)
        self.idle.append(idle)


async def starting() -> None:
    """Measure on a database that is up to date, in turn with a bare bot, and print."""
    ours, bare = Starts("Polis, web chat alone"), Starts("bare aiogram echo")
    sink = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
    with tempfile.TemporaryDirectory(prefix="polis-bench-") as folder:
        server = Server(Path(folder))
        cookie = _prepare(server)
        for number in range(_TIMES):
            _start_ours(server, cookie, number, ours)
            await _start_bare(sink.sockets[0].getsockname()[1], bare)
    sink.close()
    _report(ours, bare)


def _prepare(server: Server) -> str:
    """Let the database be made, and the modules be compiled."""
    with server, urllib.request.urlopen(f"{server.address}/") as page:
        cookie: str = page.headers["Set-Cookie"].partition(";")[0]
    return cookie


def _start_ours(server: Server, cookie: str, number: int, starts: Starts) -> None:
    """Start, ask one question and read its answer."""
    headers = {"Cookie": cookie, "X-Polis-Page": "1", "Content-Type": "application/json"}
    body = json.dumps({"key": f"start-{number}", "text": "потеряла полис что делать"}).encode()
    where = f"{server.address}/chat/messages"
    began = perf_counter()
    server.start()
    process = psutil.Process(server.process.pid)
    idle = _mebibytes(process)
    with urllib.request.urlopen(urllib.request.Request(where, body, headers)):
        pass
    with urllib.request.urlopen(urllib.request.Request(where, headers=headers)) as history:
        assert json.load(history)["messages"][-1]["voice"] == "assistant"
    starts.add(began, idle, process)
    server.interrupt()


async def _start_bare(sink: int, starts: Starts) -> None:
    target = AiogramEcho(sink)
    updates = await target.updates()
    began = perf_counter()
    process = target.start()
    idle = _mebibytes(process)
    connection = await Connection.to(target.port)
    await connection.ask(next(updates))
    starts.add(began, idle, process)
    connection.close()
    target.stop()


def _mebibytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _report(ours: Starts, bare: Starts) -> None:
    rows = []
    for one in (bare, ours):
        ratio = median(this / that for this, that in zip(one.cpu, bare.cpu, strict=True))
        rows.append(
            Row(
                one.name,
                [f"{median(one.cpu):.2f}"],
                [
                    Goal(ratio, 0.5, holds=one is ours),
                    Goal(median(one.wall), 1.0, holds=one is ours),
                    Goal(median(one.idle), 90.0, form=".0f", holds=one is ours),
                ],
            )
        )
    show(
        f"From the start to the first answer, medians of {_TIMES} in turn",
        ["", "CPU s"],
        ["CPU ÷ aiogram's", "wall s", "idle MiB"],
        rows,
    )
