"""A web chat without a database: its history lives in memory, its clock stands in our hand."""

import asyncio
import json
import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.channels.base import Letter
from bot.http import PAGE_HEADER
from bot.pictures import look
from dialogs.effects import Button
from dialogs.incoming import Attached, FileSent, Pressed, Said
from dialogs.message import Message

PAGE = 3  # messages: small, so that every test of paging has pages
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Chats:
    """Intake and history at once: repeats what it is told, each key once."""

    def __init__(self):
        self.letters = []
        self.messages = defaultdict(list)
        self.fault = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.watchers = 0
        self._news = asyncio.Condition()

    async def take(self, letter: Letter):
        """Repeat what was said, both ways round."""
        if self.fault:
            raise self.fault
        await self.gate.wait()
        if letter.key in {known.key for known in self.letters}:
            return
        self.letters.append(letter)
        match letter.incoming:
            case Said(text):
                await self.say(letter.chat, text, voice="citizen", key=letter.key)
                await self.say(letter.chat, text[::-1], buttons=(Button("m", "Menu"),))
            case Attached(files, caption):
                kinds = tuple(file.kind for file in files)
                await self.say(letter.chat, caption, voice="citizen", key=letter.key, files=kinds)
            case Pressed(code):
                await self.say(letter.chat, code)
            case _:
                await self.say(letter.chat, "hello")

    async def say(self, chat, text, voice="assistant", **more):
        """Put a message into a chat."""
        messages = self.messages[chat]
        messages.append(Message(len(messages) + 1, voice, START, text, **more))
        async with self._news:
            self._news.notify_all()

    async def after(self, chat, seq):
        """Read what follows."""
        return self.messages[chat][seq : seq + PAGE]

    async def before(self, chat, seq):
        """Read what was before."""
        known = self.messages[chat]
        return known[: len(known) if seq is None else seq - 1][-PAGE:]

    async def news(self, chat):
        """Yield at once, and whenever there is more than before."""
        self.watchers += 1
        messages, seen = self.messages[chat], -1
        try:
            while True:
                async with self._news:
                    while len(messages) == seen:
                        await self._news.wait()
                seen = len(messages)
                yield
        finally:
            self.watchers -= 1


class Drawer:
    """Files in memory, looked into as ever."""

    def __init__(self):
        self.kept = {}
        self.fault = None
        self._numbers = count(1)

    async def keep(self, chat, content):
        """Keep a file under the next number."""
        if self.fault:
            raise self.fault
        looked = look(content)
        name = f"file-{next(self._numbers)}"
        self.kept[chat, name] = (looked.kind, looked.content)
        return FileSent(name, looked.kind, len(looked.content), looked.flaws)

    async def fetch(self, chat, name):
        """Give a file back to its chat."""
        return self.kept.get((chat, name))


class Clock:
    """Time goes on only when told."""

    def __init__(self):
        self.now = START

    def __call__(self):
        """Tell the time."""
        return self.now

    def wait(self, seconds):
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


def post(client, **what):
    """Post as our page does."""
    return client.post(
        "/chat/messages",
        data=json.dumps(what),
        headers={PAGE_HEADER: "1", "Content-Type": "application/json"},
    )


async def events(stream, count):
    """Read that many messages from a stream, as (id, message); beats are passed by."""
    found = []
    while len(found) < count:
        line = (await stream.content.readline()).decode()
        assert line, "the stream ended"
        if number := re.match(r"id: (\d+)", line):
            data = (await stream.content.readline()).decode()
            found.append((int(number[1]), json.loads(data.removeprefix("data: "))))
    return found


class Papers:
    """Documents by chat and name."""

    def __init__(self):
        self.drawn = {}

    async def document(self, channel, chat, name):
        """Give what was drawn for the chat."""
        assert channel == "web"
        return self.drawn.get((chat, name))

    async def picture(self, channel, chat, name):
        """Give the picture of what was drawn for the chat."""
        drawn = await self.document(channel, chat, name)
        return drawn and b"\x89PNG" + drawn
