"""The conversation that a request is about: the visitor's own, or one seen through a window."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from bot.channels.base import Files, History


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation with everything that a page shows of it."""

    channel: str
    chat: str
    history: History
    files: Files
    is_window: bool = False

    @property
    def name(self) -> str:
        """What its visits are counted under."""
        return f"{self.channel}:{self.chat}"


Find: TypeAlias = Callable[[web.Request], Awaitable[Room | None]]
"""Finds the conversation of a request; None for a stranger, or when the window is closed."""
