"""Telegram on loopback, with our edge to it; what it hands in lies on a table."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.channels.base import Situation, Surroundings
from bot.channels.telegram import TelegramSettings, build
from bot.texts import LANGUAGES, read_words
from dialogs.message import Message
from tests.bot.channels.telegram.table import Desk, Papers
from tests.kit.telegram import TelegramServer


def utc_now():
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def words():
    return {language: read_words(language) for language in LANGUAGES}


@pytest.fixture
async def server():
    """Run Telegram, and look at the end whether its rules were kept."""
    async with TelegramServer() as server:
        yield server


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def papers():
    return Papers()


@pytest.fixture
async def telegram(server, desk, papers, words):
    """Build the messenger, polled."""
    surroundings = Surroundings(desk, papers, words, utc_now)
    messenger = build(TelegramSettings(server.token, server.url), surroundings)
    yield messenger
    await messenger.close()


@pytest.fixture
def say(server, telegram):
    """Show a message to a person as the outbox does, call by call."""

    async def said(user, text="Здравствуйте!", voice="assistant", **more):
        message = Message(1, voice, utc_now(), text, **more)
        calls = telegram.write(message, Situation("ru", utc_now(), None))
        chat = str(server.person(user).id)
        return [await telegram.perform(chat, call) for call in calls]

    return said


@asynccontextmanager
async def run(messenger):
    """Let a messenger receive inside the block."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(messenger.run())
        yield
        task.cancel()


@pytest.fixture
async def polling(server, telegram):
    """Poll from the beginning."""
    async with run(telegram):
        await server.until(lambda: server.updates.polled)
        yield
