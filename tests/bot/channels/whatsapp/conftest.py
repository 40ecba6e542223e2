"""WhatsApp on loopback, with our edge to it."""

import pytest

from bot.channels.whatsapp import Approved, WhatsAppSettings, build
from tests.bot.channels.desk import Desk, Papers, hosting, running, surroundings
from tests.kit.whatsapp import APP_SECRET, PHONE_NUMBER_ID, TOKEN, VERIFY_TOKEN, WhatsAppServer


@pytest.fixture
async def server():
    """Run WhatsApp."""
    async with WhatsAppServer() as server:
        yield server


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def papers():
    return Papers()


@pytest.fixture
async def whatsapp(server, desk, papers):
    """Build the messenger, running, with its webhook where the server finds it."""
    settings = WhatsAppSettings(
        TOKEN,
        PHONE_NUMBER_ID,
        APP_SECRET,
        VERIFY_TOKEN,
        server.url,
        templates={"moved": {"ru": Approved("polis_moved", "ru")}},
    )
    messenger = build(settings, surroundings(desk, papers))
    async with hosting(messenger) as url, running(messenger):
        server.webhook.url = f"{url}/whatsapp/webhook"
        yield messenger


@pytest.fixture
async def anna(server, desk, whatsapp):
    """Let somebody write and be read, which opens the window; return the chat."""
    server.say("anna", "здравствуйте")
    await server.until(lambda: server.chats.read)
    return desk.taken[0].letter.chat


@pytest.fixture
def messenger(whatsapp):
    """Give the messenger to the tests that WhatsApp shares with others."""
    return whatsapp
