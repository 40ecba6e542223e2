"""The history of chats for channels that show it themselves."""

from collections.abc import AsyncIterator, Sequence

from bot.live import Live
from dialogs.message import Message
from storage.db import Store

PAGE = 50  # messages


class ChannelHistory:
    """The history of one channel as citizens see it; satisfies `bot.channels.base.History`.

    The grey lines of the desk are left out, so places may be missing.
    """

    def __init__(self, channel: str, store: Store, live: Live) -> None:
        self._channel = channel
        self._store = store
        self._live = live

    async def after(self, chat: str, seq: int) -> Sequence[Message]:
        """Read the messages that follow ``seq``, oldest first, a page at most."""
        async with self._store.look() as look:
            return await look.told_after(self._channel, chat, seq, PAGE)

    async def before(self, chat: str, seq: int | None) -> Sequence[Message]:
        """Read the last page of messages before ``seq`` (None: the newest), oldest first."""
        async with self._store.look() as look:
            return await look.told_before(self._channel, chat, seq, PAGE)

    def news(self, chat: str) -> AsyncIterator[None]:
        """Yield whenever the chat may have new messages, and now and then without cause."""
        return self._live.of((self._channel, chat))
