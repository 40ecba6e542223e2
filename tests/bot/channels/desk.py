"""What a messenger is given in a test: somebody who takes what arrives, papers, an address."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiohttp import web

from bot.channels.base import Situation, Surroundings
from bot.http import guard
from bot.texts import LANGUAGES, read_words
from dialogs.message import Message
from tests.receiving import receiving

WORDS = {language: read_words(language) for language in LANGUAGES}


def utc_now():
    return datetime.now(UTC)


class Desk:
    """Takes arrivals, each key once; the next of ``faults`` is raised instead."""

    def __init__(self):
        self.taken = []
        self.receipts = []
        self.refusals = []
        self.faults = []
        self._keys = set()
        self._news = asyncio.Condition()

    async def take(self, arrivals):
        """Take arrivals in."""
        if self.faults:
            raise self.faults.pop(0)
        for arrival in arrivals:
            if arrival.letter.key not in self._keys:
                self._keys.add(arrival.letter.key)
                self.taken.append(arrival)
        await self._tell()

    async def confirm(self, channel, receipts):
        """Take receipts in."""
        self.receipts += receipts
        await self._tell()

    def refused(self, channel, why):
        """Note what was not let in."""
        self.refusals.append((channel, why))

    @property
    def heard(self):
        """What people did, in order."""
        return [arrival.letter.incoming for arrival in self.taken]

    async def until(self, condition):
        """Wait until something is so."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(condition)

    async def _tell(self):
        async with self._news:
            self._news.notify_all()


class Papers:
    """Documents by name; an extract is a picture, too, and a photo is nothing else."""

    def __init__(self):
        self.drawn = {"extract:K7QM": b"%PDF-1.7 extract", "application:17": b"%PDF-1.7 paper"}
        self.pictures = {"extract:K7QM": b"\x89PNG extract", "photo:file-1": b"\xff\xd8 photo"}

    async def document(self, channel, chat, name):
        """Give a paper."""
        return self.drawn.get(name)

    async def picture(self, channel, chat, name):
        """Give the picture of a paper."""
        return self.pictures.get(name)


def surroundings(desk, papers=None):
    """Put together what a messenger is given."""
    return Surroundings(desk, papers or Papers(), WORDS, utc_now)


@asynccontextmanager
async def hosting(messenger):
    """Listen for the messenger's own calls inside the block, as our server does."""
    app = web.Application()
    guard(app)
    app.add_routes(messenger.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(messenger):
    """Let a messenger run inside the block, and close its connections at the end."""
    try:
        async with receiving(messenger):
            yield
    finally:
        await messenger.close()


async def show(messenger, chat, text="Здравствуйте!", voice="assistant", **more):
    """Show a message as the sender does, call by call; return the names."""
    message = Message(7, voice, utc_now(), text, **more)
    calls = messenger.write(message, Situation("ru", utc_now(), utc_now()))
    return [await messenger.perform(chat, call) for call in calls]
