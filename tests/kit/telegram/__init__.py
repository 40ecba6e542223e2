"""Telegram's Bot API on loopback, and the people who write to the bot."""

from tests.kit.telegram.server import TOKEN, TelegramServer

__all__ = ["TOKEN", "TelegramServer"]
