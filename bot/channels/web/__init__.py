"""The web chat: a page, its stream of news, and what people send from it."""

from bot.channels.web.chat import Web

__all__ = ["Web"]
