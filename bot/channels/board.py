"""The staff's forum, as whoever mirrors dialogs there uses it."""

from typing import Protocol, runtime_checkable

from bot.channels.base import Undelivered


class NoTopic(Undelivered):
    """The topic is not there any more."""


class TopicClosed(Undelivered):
    """Somebody has closed the topic."""


class Board(Protocol):
    """The topics of the staff's forum; each call raises `Undelivered`."""

    async def create(self, name: str) -> int:
        """Make a topic; return its thread."""
        ...

    async def say(self, thread: int, text: str) -> None:
        """Write into a topic."""
        ...

    async def close(self, thread: int) -> None:
        """Close a topic."""
        ...

    async def reopen(self, thread: int) -> None:
        """Open a topic again."""
        ...


@runtime_checkable
class HasBoard(Protocol):
    """A messenger in which the staff may have a forum; None where no group is named."""

    board: Board | None
