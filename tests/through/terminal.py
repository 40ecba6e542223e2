"""Hands and eyes at a terminal: lines are typed, and what is printed is read."""

import asyncio
import queue
import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

from bot.channels.terminal import CHAT, Terminal
from bot.safekeeping import ChannelFiles, Safe
from bot.sending.sender import Sender
from dialogs.effects import Say, Speak
from tests.through.canonical import Numbers, Reading, flowing, reading
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

_CHOICE = re.compile(r"  \[\d+\] (.*)")


class Keyboard:
    """Lines typed one at a time; an empty one ends the input."""

    def __init__(self) -> None:
        self._typed: queue.Queue[str] = queue.Queue()

    def type(self, line: str) -> None:
        """Type a line."""
        self._typed.put(line + "\n")

    def leave(self) -> None:
        """End the input."""
        self._typed.put("")

    def readline(self) -> str:
        """Wait for the next line, as a terminal does."""
        return self._typed.get()


class TerminalHands:
    """Somebody at a keyboard."""

    address = CHAT

    def __init__(self, house: House, language: str, photo: Path) -> None:
        self._out = StringIO()
        self._keyboard = Keyboard()
        files = ChannelFiles("terminal", Safe(house.store, ("secret " * 4,), house.clock))
        self._terminal = Terminal(house.assistant.turns, house.clock, language, self._out, files)
        self._photo = photo
        self._sender = Sender(self._terminal, house.store, house.assistant.metrics, house.clock)
        self._answered = asyncio.Event()
        self._read = 0
        self._choices: list[str] = []

    async def converse(self) -> None:
        """Run the conversation until the input ends."""
        await self._terminal.converse(self._keyboard, self._answer)

    async def arrive(self, numbers: Numbers) -> Reading:
        """Read the greeting, which a terminal begins with."""
        await self._answered.wait()
        return await self.look(numbers)

    def leave(self) -> None:
        """Press Ctrl+D."""
        self._keyboard.leave()

    async def open(self, payload: str) -> None:
        """Type what a link would bring."""
        await self.say(f"/start {payload}".strip())

    async def say(self, text: str) -> None:
        """Type something."""
        self._answered.clear()
        self._keyboard.type(text)
        await self._answered.wait()

    async def press(self, label: str) -> None:
        """Type the number of a choice of the last list."""
        if label not in self._choices:
            raise Cannot("only the last list has numbers")
        await self.say(str(self._choices.index(label) + 1))

    async def press_code(self, code: str) -> None:
        """Refuse: there is nothing to press."""
        raise Cannot("a terminal has no buttons")

    async def photo(self) -> None:
        """Type what sends a file."""
        await self.say(f"@photo {self._photo}")

    async def send(self, kind: str) -> None:
        """Refuse: a terminal takes words."""
        raise Cannot("a terminal has no way to send this")

    async def contact(self, phone: str) -> None:
        """Refuse: a terminal vouches for no phone."""
        raise Cannot("a terminal vouches for no phone")

    async def look(self, numbers: Numbers) -> Reading:
        """Read what has been printed since the last look."""
        await self._answer()
        lines = self._out.getvalue()[self._read :].splitlines()
        self._read = len(self._out.getvalue())
        found = [_CHOICE.fullmatch(line) for line in lines]
        choices = [choice[1] for choice in found if choice]
        if lines:
            self._choices = choices
        words = flowing(line for line, choice in zip(lines, found, strict=True) if not choice)
        return Reading(
            numbers.mask(words), tuple(numbers.mask(flowing([label])) for label in choices)
        )

    def expected(self, said: Sequence[Say | Speak], numbers: Numbers, language: str) -> Reading:
        """Say how that has to read; a terminal shows no documents."""
        return reading(said, numbers, papers=False)

    async def _answer(self) -> None:
        while await self._sender.send_due():
            pass
        self._answered.set()


@asynccontextmanager
async def hands(house: House, language: str) -> AsyncIterator[TerminalHands]:
    """Sit at a terminal inside the block."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as photo:
        photo.write(PHOTO)
        photo.flush()
        async with _sitting(TerminalHands(house, language, Path(photo.name))) as somebody:
            yield somebody


@asynccontextmanager
async def _sitting(somebody: TerminalHands) -> AsyncIterator[TerminalHands]:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(somebody.converse())
        try:
            yield somebody
        finally:
            somebody.leave()
