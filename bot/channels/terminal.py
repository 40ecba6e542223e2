"""The assistant in a terminal: lines in, lines out, and a transcript for a bug report."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO
from uuid import uuid4

from aiohttp import web

from bot.channels.base import FileRef, Files, Intake, Letter, Situation, UnfitFile
from bot.channels.bubbles import Bubble
from bot.channels.pace import Again, Pace, at_once
from dialogs.incoming import Attached, FileSent, Incoming, Opened, Said
from dialogs.message import Message

CHAT: Final = "local"
_MARGIN: Final = "  "


def read(line: str) -> Incoming:
    """Turn a typed line into what happened.

    ``/start f-loss`` stands for a link that names a form; ``@photo`` for a picture that is not
    kept. One that is kept has a path, see `picture`.
    """
    match line.split():
        case ["@photo"]:
            return Attached((FileSent("", "image/jpeg", 1),))
        case ["/start", *payload]:
            return Opened(" ".join(payload))
    return Said(line)


def picture(line: str) -> Path | None:
    """Name the file that ``@photo PATH`` sends."""
    match line.split(maxsplit=1):
        case ["@photo", path]:
            return Path(path.strip())
    return None


def write(message: Message) -> str:
    """Write a message as a terminal shows it: choices are numbered, to be typed."""
    lines = message.text.splitlines()
    if message.note:
        lines += ["", message.note]
    lines += [f"[{number}] {button.label}" for number, button in enumerate(message.buttons, 1)]
    return "\n".join(_MARGIN + line if line else "" for line in lines) + "\n"


def transcribe(message: Message) -> str:
    """Write a message as the golden transcripts of the tests have it."""
    first, *more = message.text.splitlines() or [""]
    lines = [f"< {first}", *(f"  {line}".rstrip() for line in more)]
    if message.buttons:
        lines.append("  " + " ".join(f"[{button.label}]" for button in message.buttons))
    return "\n".join(lines)


class Terminal:
    """The channel of one person at one keyboard."""

    name: Final = "terminal"
    pace: Final = Pace(per_second=1000, chat_per_second=1000, chat_burst=1000)

    def __init__(
        self,
        intake: Intake,
        clock: Callable[[], datetime],
        language: str,
        out: TextIO = sys.stdout,
        files: Files | None = None,
    ) -> None:
        self._intake = intake
        self._clock = clock
        self._language = language
        self._out = out
        self._files = files
        self.transcript: list[str] = []

    def write(self, message: Message, situation: Situation) -> Sequence[Message]:
        """Show a message by printing it."""
        del situation
        return (message,)

    def show(self, request: Message) -> Bubble:
        """Say what will be read."""
        return Bubble(write(request))

    async def perform(self, chat: str, request: Message, again: Again = at_once) -> str:
        """Print a message."""
        del chat, again
        self.transcript.append(transcribe(request))
        await asyncio.to_thread(print, write(request), file=self._out, flush=True)
        return str(request.seq)

    async def fetch(self, file: FileRef) -> bytes:
        """Refuse: a terminal sends no files."""
        del file
        raise UnfitFile("kind")

    async def show_typing(self, chat: str) -> None:
        """Show nothing: the person sees the cursor."""

    def routes(self) -> Sequence[web.RouteDef]:
        """List nothing: nobody calls a terminal."""
        return ()

    async def run(self) -> None:
        """Receive nothing: what is typed comes through `converse`."""

    async def close(self) -> None:
        """Let go of nothing."""

    async def converse(self, lines: TextIO, answer: Callable[[], Awaitable[None]]) -> None:
        """Hand in what is typed until the input ends; ``answer`` returns when all is said."""
        self.transcript.append("> /start")
        await self._hand_in(Opened())
        await answer()
        while line := await asyncio.to_thread(lines.readline):
            typed = line.rstrip("\n")
            self.transcript.append(f"> {typed}")
            if incoming := await self._heard(typed):
                await self._hand_in(incoming)
            await answer()

    async def _heard(self, typed: str) -> Incoming | None:
        """Read a line, and keep the file it sends; None when that cannot be had or taken."""
        path = picture(typed)
        if path is None or self._files is None:
            return read(typed)
        try:
            content = await asyncio.to_thread(path.read_bytes)
            return Attached((await self._files.keep(CHAT, content),))
        except (OSError, UnfitFile) as error:
            await asyncio.to_thread(print, f"{path}: {error}", file=self._out, flush=True)
            return None

    async def _hand_in(self, incoming: Incoming) -> None:
        key = f"{CHAT}:{uuid4()}"
        await self._intake.take(
            Letter(self.name, CHAT, key, incoming, self._clock(), self._language)
        )
