"""A program that wakes whoever is due, at a moment given: to be killed, and started again.

``python -m tests.bot.waking DATABASE MOMENT`` prints a line when it begins and one for each batch
that is committed, with the number of conversations woken, and ends when nobody is left.
"""

import asyncio
import selectors
import subprocess
import sys
import time
from datetime import datetime
from random import Random

from bot.assistant import assemble, turning
from bot.reminding import wake_due
from storage.db import Store
from tests.servers import PATIENCE, ROOT
from tests.worlds import knowledge


async def wake(url: str, moment: datetime) -> None:
    """Wake everybody who is due at that moment."""
    store = await Store.open(url)
    assistant = assemble(knowledge(), store, clock=lambda: moment, pushed=("web",))
    assistant.turns.on_commit(lambda chats: print(len(chats), flush=True))  # noqa: T201
    print(0, flush=True)  # noqa: T201
    async with turning(assistant):
        await wake_due(store, assistant.turns, moment)
    await store.close()


def start(url: str, moment: datetime) -> subprocess.Popen:
    """Run the program."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bot.waking", url, moment.isoformat()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen) -> int:
    """Wait for its end; return how many conversations it has woken."""
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return sum(map(int, out.split()))


def kill(process: subprocess.Popen, random: Random) -> bool:
    """Kill it after some batch, at any moment of what follows; tell whether it was still alive."""
    for _ in range(random.randint(1, 3)):
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stdout, selectors.EVENT_READ)
            assert waiting.select(PATIENCE), "it does nothing"
        process.stdout.readline()
    time.sleep(random.uniform(0, 0.02))  # not to wait for anything: no phase shall be spared
    process.kill()
    process.communicate()
    return process.returncode < 0


if __name__ == "__main__":
    asyncio.run(wake(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
