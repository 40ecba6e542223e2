"""MAX on loopback, with our edge to it."""

import pytest

from bot.channels.max import MaxSettings, build
from tests.bot.channels.desk import Desk, Papers, hosting, running, surroundings
from tests.kit.max import TOKEN, MaxServer

SECRET = "webhook-secret"
OUTSIDE = "https://polis.example/max/webhook"


@pytest.fixture
async def server():
    """Run MAX."""
    async with MaxServer() as server:
        yield server


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def papers():
    return Papers()


@pytest.fixture
async def polled(server, desk, papers):
    """Build the messenger, polling."""
    messenger = build(MaxSettings(TOKEN, server.url, "polling"), surroundings(desk, papers))
    async with running(messenger):
        yield messenger


@pytest.fixture
async def called(server, desk, papers):
    """Build the messenger, called by MAX; ``url`` is where it listens."""
    settings = MaxSettings(TOKEN, server.url, "webhook", SECRET, OUTSIDE)
    messenger = build(settings, surroundings(desk, papers))
    async with hosting(messenger) as url:
        server.updates.reach = url
        async with running(messenger):
            await server.until(lambda: server.updates.subscriptions)
            yield messenger, f"{url}/max/webhook"


@pytest.fixture
async def anna(server, desk, polled):
    """Let somebody start the bot; return the chat."""
    server.start("anna")
    await desk.until(lambda: desk.taken)
    return desk.taken[0].letter.chat


@pytest.fixture
def messenger(polled):
    """Give the messenger to the tests that MAX shares with others."""
    return polled
