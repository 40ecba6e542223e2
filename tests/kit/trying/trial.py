"""One try-out, from its start to its end: server, assistant, and whoever sits at the keyboard."""

import asyncio
import io
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from bot.app import serve
from bot.environment import read_settings
from tests.kit.loopback import Loopback
from tests.kit.trying.keyboard import lines
from tests.kit.trying.messengers import PERSON, TRIALS, Trial, invite
from tests.kit.trying.showing import Eyes
from tests.kit.trying.typed import HELP, CannotBe, do
from tests.servers import free_port

_ANSWERED: Final = 3.0  # seconds in which something is answered, if it is
_QUIET: Final = 0.7  # seconds without anything new: all is said
_GLANCE: Final = 0.05


async def trial(channel: str, language: str) -> int:
    """Try a messenger out until the keyboard ends or Ctrl+C; return how often it was broken."""
    chosen, port = TRIALS[channel], free_port()
    address = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="polis-try-")))
        server = await stack.enter_async_context(chosen.server(address))
        invite(server, language)
        ours = {
            **server.settings(),
            "POLIS_CHANNELS": f"web,{channel}",
            "POLIS_DATABASE_URL": f"sqlite:///{folder / 'polis.db'}",
            "POLIS_DEMO": "1",
            "POLIS_HTTP_PORT": str(port),
            "POLIS_PUBLIC_URL": address,
        }
        sitting = Sitting(chosen, server, Eyes(chosen.title, server.screen(PERSON), folder))
        await sitting.last(ours)
    return sitting.summed_up()


class Sitting:
    """Somebody at the keyboard, the messenger before their eyes."""

    def __init__(self, chosen: Trial, server: Loopback, eyes: Eyes) -> None:
        self._chosen = chosen
        self._server: Any = server
        self._eyes = eyes
        self._news = 0
        self._told = 0

    async def last(self, ours: Mapping[str, str]) -> None:
        """Let the assistant run for as long as somebody sits here, and no longer."""
        # Nothing of the machine's own assistant gets in here.
        others = {name: set_to for name, set_to in os.environ.items() if name[:6] != "POLIS_"}
        settings = read_settings({**others, **ours}, Path(os.devnull))
        async with asyncio.TaskGroup() as tasks:
            announced = Announced()
            talking = tasks.create_task(self._talk(announced))
            watching = tasks.create_task(self._watch())
            try:
                await serve(settings, announced)
            finally:
                self._print(self._eyes.look())
                talking.cancel()
                watching.cancel()

    def summed_up(self) -> int:
        """Tell how the messenger was treated."""
        broken = len(self._server.violations)
        calls = f"{len(self._server.calls)} calls of {self._chosen.title}'s API"
        self._print(f"\n{calls}, {broken} breaches of its contract.\n")
        return broken

    async def _talk(self, announced: "Announced") -> None:
        """Begin, and do line by line what is typed."""
        await announced.ready.wait()
        *told, _ = announced.getvalue().splitlines()  # the last line is about data, gone here
        self._print("\n".join([*told, "", _greeting(self._chosen)]) + f"\n{HELP}")
        if self._chosen.opens:
            self._server.start(PERSON)
            await self._answered()
        async for line in lines():
            if not sys.stdin.isatty():
                self._print(f"\n> {line}\n")
            if line.strip() == "@help":
                self._print(HELP)
                continue
            try:
                do(self._server, line, self._eyes.numbered)
            except CannotBe as reason:
                self._print(f"  {reason}\n")
            else:
                await self._answered()
        signal.raise_signal(signal.SIGINT)  # the one way in which serving ends

    async def _watch(self) -> None:
        """Show what is new, as soon as it is there."""
        while True:
            if new := self._eyes.look():
                self._news += 1
                self._print(new)
            self._tell_of_breaches()
            await asyncio.sleep(_GLANCE)

    async def _answered(self) -> None:
        """Wait until all is said, so that lines of a pipe come as a person would type them."""
        loop, seen, patience = asyncio.get_running_loop(), self._news, _ANSWERED
        since = loop.time()
        while loop.time() - since < patience:
            if self._news != seen:
                seen, since, patience = self._news, loop.time(), _QUIET
            await asyncio.sleep(_GLANCE)

    def _tell_of_breaches(self) -> None:
        for breach in self._server.violations[self._told :]:
            self._print(f"  !! against the contract: {breach}\n")
            self._told += 1

    def _print(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


class Announced(io.StringIO):
    """What the program says when it serves; ``ready`` is set then."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = asyncio.Event()

    def flush(self) -> None:
        """Note that it was said."""
        super().flush()
        self.ready.set()


def _greeting(chosen: Trial) -> str:
    begins = "" if chosen.opens else " A business may not write first: say hello."
    return (
        f"This is {chosen.title} on this machine, strict as the real one, and you are Анна "
        f"Смирнова, +7 900 000-00-01.{begins}\nNothing leaves the machine, and nothing is kept."
    )
