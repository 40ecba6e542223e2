"""Telegram: its Bot API, spoken through aiogram as a typed client.

Importing this package costs what aiogram costs, two seconds and 160 MiB: only where it is on.
"""

from aiogram.utils.token import TokenValidationError

from bot.channels.base import Surroundings
from bot.channels.telegram.messenger import Telegram, TelegramSettings


def build(settings: TelegramSettings, surroundings: Surroundings) -> Telegram:
    """Put the messenger together; raises `ValueError` for a token that cannot be one."""
    try:
        return Telegram(settings, surroundings)
    except TokenValidationError:
        raise ValueError("the token does not look like one that @BotFather gives") from None
