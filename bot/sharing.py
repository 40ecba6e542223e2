"""News between the processes of one database, over its own signals."""

import asyncio
import logging
import secrets
from collections.abc import Collection, Iterator, Sequence

from bot.live import Live
from storage.signals import LONGEST, Signalling, Signals, SignalsLost

_HEARTBEAT = 10.0  # seconds between two looks whether the connection is alive
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds before connecting anew

_log = logging.getLogger(__name__)


class Sharing:
    """Sends what changed here to the other processes, and wakes watchers on what they send.

    What gathers while one signal is sent goes with the next: one for a batch of turns. While
    the connection is gone nothing is kept: those who watch look at the database now and then
    anyway, and are woken once when it is back.
    """

    def __init__(self, signals: Signals, live: Live) -> None:
        self._signals = signals
        self._live = live
        self._me = secrets.token_hex(4)
        self._changed: set[str] = set()
        self._woken = asyncio.Event()
        self._closing = False
        live.join(self)

    def send(self, topics: Collection[str]) -> None:
        """Send the names of what has changed, soon and together."""
        self._changed.update(topics)
        self._woken.set()

    def close(self) -> None:
        """Send what is there, and end."""
        self._closing = True
        self._woken.set()

    async def run(self) -> None:
        """Send and hear until closed, connecting anew whenever the connection is lost."""
        pause = _FIRST_PAUSE
        while not self._closing:
            try:
                async with self._signals.listening(self._hear) as signalling:
                    pause = _FIRST_PAUSE
                    self._live.wake_all()
                    await self._share(signalling)
            except SignalsLost as lost:
                _log.warning("news of other processes is late: %s", lost)
                self._changed.clear()
                await self._rest(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _share(self, signalling: Signalling) -> None:
        while True:
            closing = self._closing
            self._woken.clear()
            changed, self._changed = self._changed, set()
            for text in _signals(self._me, sorted(changed)):
                await signalling.send(text)
            if closing:
                return
            if signalling.lost.is_set():
                raise SignalsLost("the connection for signals has ended")
            await self._wait(signalling)

    async def _wait(self, signalling: Signalling) -> None:
        """Wait for something to send, for the end of the connection, or to look after it."""
        waits = {asyncio.ensure_future(one.wait()) for one in (self._woken, signalling.lost)}
        try:
            done, _ = await asyncio.wait(
                waits, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for wait in waits:
                wait.cancel()
        if not done:
            await signalling.check()

    async def _rest(self, pause: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + pause
        while not self._closing and (left := until - loop.time()) > 0:
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), left)
            except TimeoutError:
                return

    def _hear(self, text: str) -> None:
        sender, *topics = text.split()
        if sender != self._me:
            self._live.arrive(topics)


def _signals(sender: str, topics: Sequence[str]) -> Iterator[str]:
    """Write names into as few texts as hold them."""
    text = sender
    for topic in topics:
        if len(text) + 1 + len(topic) > LONGEST:
            yield text
            text = sender
        text = f"{text} {topic}"
    if text != sender:
        yield text
