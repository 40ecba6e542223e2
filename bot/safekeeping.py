"""Files of people at rest: looked into, sealed, kept, and opened for their own chat only."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from bot.channels.base import LARGEST_FILE, Busy, UnfitFile
from bot.naming import new_name
from dialogs.incoming import FileSent
from storage.db import Store
from storage.files import KeptFile

if TYPE_CHECKING:
    from bot.pictures import Looked
    from bot.sealing import Seal

T = TypeVar("T")

PATIENCE: Final = 20.0
"""Seconds that one file may take; a large photo takes one."""

_QUEUE: Final = 8  # files waiting, each of them in memory

_log = logging.getLogger(__name__)


class Safe:
    """Where the files of all channels are; ``keys`` seal them, see `bot.sealing.Seal`.

    One file is looked into at a time, in a thread, so memory is bounded by the largest.
    """

    def __init__(
        self,
        store: Store,
        keys: Sequence[str],
        clock: Callable[[], datetime],
        patience: float = PATIENCE,
    ) -> None:
        self._store = store
        self._keys = keys
        self._clock = clock
        self._patience = patience
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def keep(self, channel: str, chat: str, content: bytes) -> FileSent:
        """Look into a file and keep it; raises `UnfitFile` and `Busy`."""
        if len(content) > LARGEST_FILE:
            raise UnfitFile("too_large")
        name = new_name()
        looked, sealed = await self.alone(lambda: self._prepare(channel, chat, name, content))
        size = len(looked.content)
        kept = KeptFile(name, looked.kind, size, self._clock(), sealed)
        async with self._store.work() as work:
            await work.keep_file(kept, channel, chat)
        return FileSent(name, looked.kind, size, looked.flaws)

    async def fetch(self, channel: str, chat: str, name: str) -> tuple[str, bytes] | None:
        """Open a file of this chat; None when it has no such file, or no key opens it."""
        async with self._store.look() as look:
            kept = await look.file(channel, chat, name)
        if kept is None:
            return None
        label = _label(*(kept.kept_for or (channel, chat)), name, kept.kind)
        return await asyncio.to_thread(self._opened, kept, label)

    async def seal(self, content: bytes, label: str) -> bytes:
        """Seal something small that is no file."""
        return await asyncio.to_thread(lambda: self._seal.seal(content, label))

    async def open(self, sealed: bytes, label: str) -> bytes | None:
        """Open what `seal` has sealed; None when no key opens it."""
        return await asyncio.to_thread(self._open, sealed, label)

    def _prepare(
        self, channel: str, chat: str, name: str, content: bytes
    ) -> tuple["Looked", bytes]:
        from bot.pictures import look  # noqa: PLC0415 — heavy, and few send files

        looked = look(content)
        return looked, self._seal.seal(looked.content, _label(channel, chat, name, looked.kind))

    def _opened(self, kept: KeptFile, label: str) -> tuple[str, bytes] | None:
        content = self._open(kept.sealed, label)
        return None if content is None else (kept.kind, content)

    def _open(self, sealed: bytes, label: str) -> bytes | None:
        from bot.sealing import CannotOpen  # noqa: PLC0415 — heavy, as above

        try:
            return self._seal.open(sealed, label)
        except CannotOpen:
            _log.error("what was kept does not open: is its key still in POLIS_FILES_KEY?")
            return None

    @cached_property
    def _seal(self) -> "Seal":
        from bot.sealing import Seal  # noqa: PLC0415 — heavy, as above

        return Seal(self._keys)

    async def alone(self, act: Callable[[], T]) -> T:
        """Run this in a thread while nothing else of the kind runs.

        A thread cannot be stopped: one that is out of time keeps the place until it ends.
        """
        if self._waiting >= _QUEUE:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
        job = asyncio.get_running_loop().run_in_executor(None, act)
        job.add_done_callback(self._next)
        try:
            return await asyncio.wait_for(asyncio.shield(job), self._patience)
        except TimeoutError:
            _log.warning("a file took longer than %s seconds to look into", self._patience)
            raise UnfitFile("broken") from None

    def _next(self, job: asyncio.Future[T]) -> None:
        self._turn.release()
        if not job.cancelled():
            job.exception()  # whoever wanted to know may be gone


class ChannelFiles:
    """The files of one channel; satisfies `bot.channels.base.Files`."""

    def __init__(self, channel: str, safe: Safe) -> None:
        self._channel = channel
        self._safe = safe

    async def keep(self, chat: str, content: bytes) -> FileSent:
        """Look into a file and keep it; raises `UnfitFile` and `Busy`."""
        return await self._safe.keep(self._channel, chat, content)

    async def fetch(self, chat: str, name: str) -> tuple[str, bytes] | None:
        """Return the content type and the bytes of a file of this chat, and of no other."""
        return await self._safe.fetch(self._channel, chat, name)


def _label(*parts: str) -> str:
    return "\n".join(parts)
