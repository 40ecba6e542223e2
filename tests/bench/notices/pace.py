"""The pace of three messengers at once, before strict servers at their true limits."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic
from typing import Any

from storage import Store
from storage.db import database_at
from tests.bench.table import Goal, Row, show
from tests.bot.notices.town import NOTICE, TEMPLATE, Town, settings
from tests.crowds import approved, daylight
from tests.servers import Server

_PEOPLE = 20_000
_WARM = 5.0  # seconds after the rest has begun to go
_LONG = 20.0
_ALLOWED = {"telegram": 30.0, "whatsapp": 80.0, "max": 30.0}
_SENDS = {"telegram": "sendmessage", "whatsapp": "messages", "max": "POST /messages"}
_TRAVELLING = 0.25  # seconds: what was on its way when the refusal came is nobody's fault
_STAGE = 100  # people of the first stage, who go before the pace is even


async def pace() -> None:
    """Send through all of them, count what each server saw, then let Telegram ask for silence."""
    with tempfile.TemporaryDirectory(prefix="polis-bench-") as folder:
        async with AsyncExitStack() as stack:
            await _measured(stack, Path(folder))


async def _measured(stack: AsyncExitStack, folder: Path) -> None:
    url = f"sqlite:///{folder / 'polis.db'}"
    town, server = Town(_PEOPLE), Server(folder)
    servers = await town.open(stack, server.address, faster=1)
    organisation = daylight(folder, TEMPLATE)
    server.settings = settings(servers, url, organisation)
    await (await Store.open(url)).close()
    database = database_at(url)
    async with database.transaction() as run:
        await run(town.settle)
    await database.close()
    await approved(url, NOTICE, tuple(servers), organisation)
    await asyncio.to_thread(server.start)
    await _until(lambda: all(len(_sends(servers, name)) > _STAGE for name in servers))
    await asyncio.sleep(_WARM)
    begun = monotonic()
    await asyncio.sleep(_LONG)
    rows = [_row(servers, name, begun, monotonic()) for name in servers]
    told = await _silenced(servers["telegram"])
    await asyncio.to_thread(server.interrupt)
    show(
        "Calls a second that strict servers saw, three messengers at once",
        ["", "allowed", "seen", "429"],
        ["seen ÷ allowed"],
        rows,
    )
    print(f"  {told}")  # noqa: T201


def _sends(servers: dict[str, Any], name: str) -> list[Any]:
    return [one for one in servers[name].calls if one.name == _SENDS[name]]


def _row(servers: dict[str, Any], name: str, since: float, until: float) -> Row:
    seen = [one for one in _sends(servers, name) if since <= one.at < until]
    rate = len(seen) / (until - since)
    refused = sum(one.status == 429 for one in servers[name].calls)
    refused += sum("429 was earned" in one for one in servers[name].violations)
    figures = [f"{_ALLOWED[name]:.0f}", f"{rate:.2f}", str(refused)]
    return Row(name, figures, [Goal(rate / _ALLOWED[name], 0.97, least=True, form=".3f")])


async def _silenced(telegram: Any) -> str:
    """Let calls to two people meet a 429, which means everybody, and see how long nothing comes."""
    telegram.fail("429", times=2, call="sendmessage")
    await _until(lambda: sum(one.fault == "429" for one in telegram.calls) > 1)
    refused = [one for one in telegram.calls if one.fault == "429"][-1]
    await asyncio.sleep(_WARM)
    later = [one.at - refused.at for one in telegram.calls if one.name == refused.name]
    first = min(one for one in later if one > _TRAVELLING)
    return f"After a 429 that asks for a second Telegram's next call came {first:.2f} s later."


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 — the servers tell nobody
        await asyncio.sleep(0.1)
