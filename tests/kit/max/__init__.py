"""The MAX Bot API on loopback, and the people who write to the bot."""

from tests.kit.max.server import TOKEN, MaxServer

__all__ = ["TOKEN", "MaxServer"]
