"""What an operator sees of Telegram before a notice goes."""

import pytest

from bot.channels.base import Surroundings
from bot.channels.telegram import TelegramSettings, build
from tests.bot.channels.desk import Papers, utc_now
from tests.bot.channels.foreseeing import Foreseeing
from tests.kit.checks.asking import picture


class Posters(Papers):
    """Papers whose pictures Telegram can look into."""

    async def picture(self, channel, chat, name):
        """Give a picture of a size."""
        return picture(600, 400) if name in self.pictures else None


@pytest.fixture
def papers():
    return Posters()


@pytest.fixture
async def messenger(server, desk, papers, words):
    """Build the messenger."""
    surroundings = Surroundings(desk, papers, words, utc_now)
    messenger = build(TelegramSettings(server.token, server.url), surroundings)
    yield messenger
    await messenger.close()


@pytest.fixture
def anna(server):
    """Let somebody start the bot; return the chat."""
    server.start("anna")
    return str(server.person("anna").id)


class TestTelegram(Foreseeing):
    """All that is so in every messenger."""
