"""From the start of the process to its first answer, and what it costs to be idle."""

import json
import tempfile
import urllib.request
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from tests.bench.table import Goal, Row, show
from tests.servers import Server

_TIMES = 5


def starting() -> None:
    """Measure on a database that is up to date, and print."""
    seconds, processor, memory = [], [], []
    with tempfile.TemporaryDirectory(prefix="polis-bench-") as folder:
        server = Server(Path(folder))
        cookie = _prepare(server)
        for number in range(_TIMES):
            began = perf_counter()
            server.start()
            process = psutil.Process(server.process.pid)
            memory.append(process.memory_info().rss / 2**20)
            _converse(server, cookie, number)
            seconds.append(perf_counter() - began)
            times = process.cpu_times()
            processor.append(times.user + times.system)
            server.interrupt()
    show(
        "Start with the web chat alone, on a database that is up to date",
        ["", "CPU s"],
        ["to the first answer s", "idle MiB"],
        [
            Row(
                f"median of {_TIMES}",
                [f"{median(processor):.2f}"],
                [Goal(median(seconds), 1.0), Goal(median(memory), 90.0, form=".0f")],
            )
        ],
    )


def _prepare(server: Server) -> str:
    """Let the database be made, and the modules be compiled."""
    server.start()
    with urllib.request.urlopen(f"{server.address}/") as page:
        cookie: str = page.headers["Set-Cookie"].partition(";")[0]
    server.interrupt()
    return cookie


def _converse(server: Server, cookie: str, number: int) -> None:
    """Ask one question and read its answer."""
    headers = {"Cookie": cookie, "X-Polis-Page": "1", "Content-Type": "application/json"}
    body = json.dumps({"key": f"start-{number}", "text": "потеряла полис что делать"}).encode()
    where = f"{server.address}/chat/messages"
    with urllib.request.urlopen(urllib.request.Request(where, body, headers)):
        pass
    with urllib.request.urlopen(urllib.request.Request(where, headers=headers)) as history:
        assert json.load(history)["messages"][-1]["voice"] == "assistant"
