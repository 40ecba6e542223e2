"""What is put under load: ours on both databases, and the bare echoes beside it."""

import csv
import json
import re
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import count, cycle, islice
from pathlib import Path

import psutil

from bot.http import PAGE_HEADER
from tests.bench.wire import Connection, request
from tests.servers import ROOT, Server, faster, free_port

_PER_CHAT = 12  # messages: a chat may send no more without resting
_SECRET = "a-secret-of-the-bench"
_TOGETHER = 128  # chats that speak in turn, twice as many as there are users


SETS = tuple(file.suffixes[0][1:] for file in sorted((ROOT / "tests").glob("questions.*.tsv")))
"""Sets of questions, by name: some written for the matching, some by others, unseen."""


def questions(name: str) -> list[dict[str, str]]:
    """Read a set of questions."""
    with (ROOT / "tests" / f"questions.{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Target(ABC):
    """A server in a process of its own, and the updates it understands."""

    name: str

    def __init__(self) -> None:
        self.port = free_port()

    @abstractmethod
    def start(self) -> psutil.Process:
        """Start it and wait until it listens."""

    @abstractmethod
    def stop(self) -> None:
        """Stop it."""

    @abstractmethod
    async def updates(self) -> Iterator[bytes]:
        """Make requests without end, each an update of its own."""


class Echo(Target):
    """A program of this folder, named after what it is made of."""

    def __init__(self, name: str, *arguments: int) -> None:
        super().__init__()
        self.name = f"bare {name} echo"
        self._command = [sys.executable, "-m", f"tests.bench.echo_{name}", str(self.port)]
        self._command += map(str, arguments)
        self._process: subprocess.Popen[str]

    def start(self) -> psutil.Process:
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout
        self._process.stdout.readline()
        return psutil.Process(self._process.pid)

    def stop(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.communicate()


class AiohttpEcho(Echo):
    """Answers with the text at once."""

    def __init__(self) -> None:
        super().__init__("aiohttp")

    async def updates(self) -> Iterator[bytes]:
        """Post as our page does."""
        texts = cycle(one["text"] for one in questions("dev"))
        return (
            request("POST", "/chat/messages", _body(number, text), Content_Type="application/json")
            for number, text in zip(count(), texts, strict=False)
        )


class AiogramEcho(Echo):
    """Sends the text to a messenger, which takes it at once, and answers then."""

    def __init__(self, sink: int) -> None:
        super().__init__("aiogram", sink)

    async def updates(self) -> Iterator[bytes]:
        """Deliver as Telegram does."""
        texts = cycle(one["text"] for one in questions("dev"))
        return (update(number, text) for number, text in zip(count(1), texts, strict=False))


class Polis(Target):
    """Ours: each update is understood, answered and committed before it is acknowledged."""

    def __init__(self, database: str, url: str, folder: Path) -> None:
        super().__init__()
        self.name = f"Polis, {database}"
        settings = {"POLIS_DATABASE_URL": url}
        self._server = Server(folder, settings, port=self.port)

    def start(self) -> psutil.Process:
        """Start it and wait until it listens."""
        self._server.start()
        return psutil.Process(self._server.process.pid)

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        code = self._server.interrupt()
        if code:
            raise RuntimeError(self._server.log)

    async def updates(self) -> Iterator[bytes]:
        """Post as pages of many citizens do, none faster than a person may."""
        texts = cycle(one["text"] for one in questions("dev"))
        connection = await Connection.to(self.port)
        cookies = [await _cookie(connection) for _ in range(8 * _TOGETHER)]
        connection.close()

        def posts() -> Iterator[bytes]:
            numbers = count()
            pool = iter(cookies)
            while together := list(islice(pool, _TOGETHER)):
                for cookie in together * _PER_CHAT:
                    body = _body(next(numbers), next(texts))
                    yield request(
                        "POST", "/chat/messages", body, Cookie=cookie, **{PAGE_HEADER: "1"}
                    )

        return posts()

    async def batches(self) -> dict[str, int]:
        """Read how many turns were committed together, as counted up to each size."""
        connection = await Connection.to(self.port)
        page = (await connection.ask(request("GET", "/metrics"))).decode()
        connection.close()
        found = re.findall(r'polis_batch_turns_bucket\{le="([^"]+)"\} ([\d.]+)', page)
        return {size: int(float(number)) for size, number in found}


class PolisInTelegram(Target):
    """Ours behind Telegram's webhook: an update is acknowledged when all it caused is durable.

    The limits that Telegram publishes are lifted, unless a ``pace`` is given, so that every answer
    may leave at once.
    """

    def __init__(
        self,
        database: str,
        url: str,
        folder: Path,
        sink: int,
        more: Mapping[str, str] = {},
        pace: float = 100_000,
    ) -> None:
        super().__init__()
        self.name = f"Polis, {database}"
        settings = {
            **more,
            "POLIS_DATABASE_URL": url,
            "POLIS_CHANNELS": "telegram",
            "POLIS_TELEGRAM_TOKEN": "42:BENCH",
            "POLIS_TELEGRAM_API_URL": f"http://127.0.0.1:{sink}",
            "POLIS_TELEGRAM_MODE": "webhook",
            "POLIS_TELEGRAM_WEBHOOK_SECRET": _SECRET,
            "POLIS_PUBLIC_URL": "https://polis.example",
        }
        self._server = Server(
            folder, settings, port=self.port, wrapped=faster(telegram=pace), patience=600
        )

    def start(self) -> psutil.Process:
        """Start it and wait until it listens."""
        self._server.start()
        return psutil.Process(self._server.process.pid)

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        if self._server.interrupt():
            raise RuntimeError(self._server.log)

    async def updates(self) -> Iterator[bytes]:
        """Deliver as Telegram does, with the secret."""
        texts = cycle(one["text"] for one in questions("dev"))
        return (update(number, text) for number, text in zip(count(1), texts, strict=False))


async def _cookie(connection: Connection) -> str:
    page = await connection.ask(request("GET", "/"))
    found = re.search(rb"Set-Cookie: ([^;]+);", page)
    assert found
    return found[1].decode()


def _body(number: int, text: str) -> bytes:
    return json.dumps({"key": f"bench-{number}", "text": text}, ensure_ascii=False).encode()


def update(number: int, text: str, chat: int = 0) -> bytes:
    """Deliver words as Telegram does, with the secret; from one of a few chats if none is named."""
    person = {"id": chat or number % _TOGETHER + 1, "is_bot": False, "first_name": "Анна"}
    told = {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_790_000_000,
            "chat": {"id": person["id"], "type": "private", "first_name": "Анна"},
            "from": person,
            "text": text,
        },
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": _SECRET}
    return request("POST", "/telegram/webhook", body, Content_Type="application/json", **headers)
