"""What can be asked of the database about what was said."""

from collections.abc import Iterable, Sequence

from dialogs.message import Message
from storage import messages
from storage.run import Run


class MessageWork:
    """The part of a unit of work that is about what was said."""

    _run: Run

    async def record(self, said: Iterable[tuple[int, Message]]) -> None:
        """Add messages to histories; the number is the chat's id."""
        await self._run(messages.record, said)


class MessageLook:
    """The part of a look that is about what was said."""

    _run: Run

    async def messages_after(
        self, channel: str, address: str, seq: int, limit: int
    ) -> Sequence[Message]:
        """Read what follows ``seq`` in a chat, oldest first."""
        return await self._run(messages.after, channel, address, seq, limit)

    async def messages_before(
        self, channel: str, address: str, seq: int | None, limit: int
    ) -> Sequence[Message]:
        """Read the last messages before ``seq`` (None: the newest), oldest first."""
        return await self._run(messages.before, channel, address, seq, limit)

    async def told_after(
        self, channel: str, address: str, seq: int, limit: int
    ) -> Sequence[Message]:
        """Read what follows ``seq`` in a chat as the citizen sees it, oldest first."""
        return await self._run(messages.after, channel, address, seq, limit, told=True)

    async def told_before(
        self, channel: str, address: str, seq: int | None, limit: int
    ) -> Sequence[Message]:
        """Read the last messages before ``seq`` (None: the newest) as the citizen sees them."""
        return await self._run(messages.before, channel, address, seq, limit, told=True)
