"""What the web chat needs of the shell to show the conversation of another channel."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.channels.base import Files, History


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation: its channel, and the person's address in it."""

    channel: str
    chat: str


class Windows(Protocol):
    """Opens pages onto conversations of messengers, by links that were sent there."""

    async def open(self, link: str) -> tuple[str, timedelta] | None:
        """Use a link up; return the token of the window and how long it is open.

        None for a link that was used, has expired or never was: nobody learns which.
        """
        ...

    async def place(self, token: str) -> Place | None:
        """Tell what a window shows; None when it is closed."""
        ...

    async def close(self, token: str) -> None:
        """Close a window."""
        ...

    def history(self, channel: str) -> History:
        """Read the history of a channel."""
        ...

    def files(self, channel: str) -> Files:
        """Keep and read the files of a channel."""
        ...
