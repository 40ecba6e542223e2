"""The history of chats for channels that show it themselves, and the news of it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Sequence

from dialogs.message import Message
from storage.db import Store

PAGE = 50  # messages
_PATIENCE = 10.0  # seconds; the database is looked at this often even when nothing woke us


class News:
    """Wakes whoever watches a chat when something was committed to it."""

    def __init__(self) -> None:
        self._watchers: defaultdict[tuple[str, str], set[asyncio.Event]] = defaultdict(set)

    def tell(self, chats: Collection[tuple[str, str]]) -> None:
        """Wake those who watch these chats, given as channel and address."""
        for chat in chats:
            for watcher in self._watchers.get(chat, ()):
                watcher.set()

    async def of(self, chat: tuple[str, str]) -> AsyncIterator[None]:
        """Yield at once, then on every piece of news, and now and then without."""
        woken = asyncio.Event()
        self._watchers[chat].add(woken)
        try:
            while True:
                woken.clear()
                yield
                try:
                    await asyncio.wait_for(woken.wait(), _PATIENCE)
                except TimeoutError:
                    continue
        finally:
            self._watchers[chat].discard(woken)
            if not self._watchers[chat]:
                del self._watchers[chat]


class ChannelHistory:
    """The history of one channel; satisfies `bot.channels.base.History`."""

    def __init__(self, channel: str, store: Store, news: News) -> None:
        self._channel = channel
        self._store = store
        self._news = news

    async def after(self, chat: str, seq: int) -> Sequence[Message]:
        """Read the messages that follow ``seq``, oldest first, a page at most."""
        async with self._store.look() as look:
            return await look.messages_after(self._channel, chat, seq, PAGE)

    async def before(self, chat: str, seq: int | None) -> Sequence[Message]:
        """Read the last page of messages before ``seq`` (None: the newest), oldest first."""
        async with self._store.look() as look:
            return await look.messages_before(self._channel, chat, seq, PAGE)

    def news(self, chat: str) -> AsyncIterator[None]:
        """Yield whenever the chat may have new messages, and now and then without cause."""
        return self._news.of((self._channel, chat))
