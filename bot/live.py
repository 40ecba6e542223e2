"""News of what has changed: who watches a chat or the queue is woken, in whichever process.

The news are hints; the database, looked at now and then without cause, is the truth.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Collection
from typing import Protocol, TypeAlias

Chat: TypeAlias = tuple[str, str]
"""A channel and a person's address in it."""

_PATIENCE = 10.0  # seconds; the database is looked at this often even when nothing woke us
_QUEUE = "queue"
_NOTICES = "notices"
_APPLICATIONS = "applications"


class Wire(Protocol):
    """What carries news to other processes."""

    def send(self, topics: Collection[str]) -> None:
        """Send the names of what has changed; soon, together, and never waiting."""
        ...


class Live:
    """Wakes whoever watches a chat, or the queue of the desk, when something was committed.

    What is sent to other processes are digests: no address leaves this one.
    """

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._wire: Wire | None = None

    def join(self, wire: Wire) -> None:
        """Send news through a wire as well; what comes out of it goes to `arrive`."""
        self._wire = wire

    def tell(self, chats: Collection[Chat]) -> None:
        """Wake those who watch these chats, here and elsewhere."""
        self._publish([_topic(chat) for chat in chats])

    def tell_queue(self) -> None:
        """Wake those who watch the queue, here and elsewhere."""
        self._publish([_QUEUE])

    def tell_notices(self) -> None:
        """Wake those who watch the notices, here and elsewhere."""
        self._publish([_NOTICES])

    def tell_applications(self) -> None:
        """Wake those who watch the lists of applications, here and elsewhere."""
        self._publish([_APPLICATIONS])

    def arrive(self, topics: Collection[str]) -> None:
        """Wake those who watch here; news has come from elsewhere."""
        for topic in topics:
            for watcher in self._watchers.get(topic, ()):
                watcher.set()

    def wake_all(self) -> None:
        """Wake everybody: news may have been missed."""
        self.arrive(list(self._watchers))

    def of(self, chat: Chat) -> AsyncIterator[None]:
        """Yield at once, then on every piece of news of a chat, and now and then without."""
        return self._watch(_topic(chat))

    def of_queue(self) -> AsyncIterator[None]:
        """Yield at once, then on every change of the queue, and now and then without."""
        return self._watch(_QUEUE)

    def of_applications(self) -> AsyncIterator[None]:
        """Yield at once, then on every change of an application, and now and then without."""
        return self._watch(_APPLICATIONS)

    def of_notices(self) -> AsyncIterator[None]:
        """Yield at once, then on every change of a notice, and now and then without."""
        return self._watch(_NOTICES)

    def _publish(self, topics: Collection[str]) -> None:
        self.arrive(topics)
        if self._wire and topics:
            self._wire.send(topics)

    async def _watch(self, topic: str) -> AsyncIterator[None]:
        woken = asyncio.Event()
        self._watchers[topic].add(woken)
        try:
            while True:
                woken.clear()
                yield
                try:
                    await asyncio.wait_for(woken.wait(), _PATIENCE)
                except TimeoutError:
                    continue
        finally:
            self._watchers[topic].discard(woken)
            if not self._watchers[topic]:
                del self._watchers[topic]


def _topic(chat: Chat) -> str:
    channel, address = chat
    return hashlib.blake2b(f"{channel}:{address}".encode(), digest_size=12).hexdigest()
