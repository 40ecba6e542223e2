"""MAX, by its Bot API: calls of our own over HTTP, a webhook with a secret, or polling."""

import re
from typing import Final

from bot.channels.base import Surroundings
from bot.channels.max.messenger import Max
from bot.channels.max.settings import MaxSettings

__all__ = ["Max", "MaxSettings", "build"]

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{5,256}")


def build(settings: MaxSettings, surroundings: Surroundings) -> Max:
    """Build the messenger; raises `ValueError` for settings that cannot be used."""
    if not settings.token.strip():
        raise ValueError("TOKEN is missing")
    if settings.mode == "webhook" and not _SECRET.fullmatch(settings.webhook_secret):
        raise ValueError("WEBHOOK_SECRET must be 5 to 256 of A-Z, a-z, 0-9, _ and -")
    return Max(settings, surroundings)
