"""Fetching the files that people sent in messengers, after their arrival is durable.

The first arrival of a chat is taken up, its files are fetched and kept, and its letter gets
its turn; then the next of the chat. A crash repeats a fetch and loses nothing.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channels.base import (
    LARGEST_FILE,
    Busy,
    Failure,
    FileRef,
    Intake,
    Letter,
    Messenger,
    Undelivered,
    UnfitFile,
)
from bot.parcels import Parcels
from bot.safekeeping import Safe
from dialogs.incoming import Attached, FileSent, Refusal
from storage.arrivals import Waiting
from storage.db import Store

_AT_ONCE: Final = 4  # chats; each file is of 5 MB at most
_LEASE: Final = timedelta(minutes=4)  # what a process that died had taken waits this long
_ALBUM: Final = timedelta(seconds=1)  # within which the pictures of an album have arrived
_LARGEST_ALBUM: Final = 10
_SECONDS_A_FILE: Final = 20.0
_MOST_ATTEMPTS: Final = 4
_FIRST_PAUSE: Final = timedelta(seconds=3)
_PATIENCE: Final = 1.0  # seconds between looks when nothing woke us

_log = logging.getLogger(__name__)


class _NotNow(Exception):
    """A file cannot be had now, but may be soon; ``after`` is when, if that was said."""

    def __init__(self, after: float | None) -> None:
        self.after = after


class Fetching:
    """Fetches what waits, a few chats at a time."""

    def __init__(
        self,
        store: Store,
        turns: Intake,
        parcels: Parcels,
        safe: Safe,
        messengers: Mapping[str, Messenger[Any]],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._turns = turns
        self._parcels = parcels
        self._safe = safe
        self._messengers = messengers
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once: something may be waiting."""
        self._woken.set()

    async def run(self) -> None:
        """Fetch until cancelled; what was under way is done again after the next start."""
        async with self._store.work() as work:
            await work.wake_arrivals(self._clock())
        while True:
            self._woken.clear()
            try:
                while await self.fetch_due():
                    pass
            except Exception as error:  # noqa: BLE001 — the database may be back at the next look
                _log.error("fetching broke off: %s", type(error).__name__)
            try:
                await asyncio.wait_for(self._woken.wait(), _PATIENCE)
            except TimeoutError:
                continue

    async def fetch_due(self) -> bool:
        """Bring what is due now; tell whether there was anything."""
        async with self._store.work() as work:
            heads = await work.claim_arrivals(self._messengers, self._clock(), _LEASE, _AT_ONCE)
        ends = await asyncio.gather(*map(self._bring, heads), return_exceptions=True)
        for head, error in zip(heads, ends, strict=True):
            if isinstance(error, BaseException):
                _log.error("an arrival waits for a second try: %s", type(error).__name__)
                await self._put_off(head, self._clock() + _FIRST_PAUSE)
        return bool(heads)

    async def _bring(self, head: Waiting) -> None:
        """Fetch the files of a chat's first arrival, and let its letter have its turn."""
        group = await self._group(head)
        newest = max(one.kept.received_at for one in group)
        if head.kept.album and self._clock() < newest + _ALBUM:
            await self._put_off(head, newest + _ALBUM)
            return
        try:
            letter = await self._written(head, group)
        except _NotNow as error:
            pause = _FIRST_PAUSE * 2 ** (head.attempts)
            if error.after is not None:
                pause = timedelta(seconds=error.after)
            await self._put_off(head, self._clock() + pause)
            return
        await self._turns.take(letter)
        async with self._store.work() as work:
            await work.forget_arrivals([one.id for one in group])

    async def _group(self, head: Waiting) -> Sequence[Waiting]:
        """Find what makes one letter with it."""
        kept = head.kept
        if not kept.album:
            return [head]
        async with self._store.look() as look:
            return await look.album(kept.channel, kept.address, kept.album, _LARGEST_ALBUM)

    async def _written(self, head: Waiting, group: Sequence[Waiting]) -> Letter:
        """Write the letter of a group, with its files if it has any."""
        arrivals = [await self._parcels.open(one.kept) for one in group]
        first = arrivals[0].letter
        wanted = [file for arrival in arrivals for file in arrival.files]
        if not wanted:
            return first
        files: list[FileSent] = []
        refused: list[Refusal] = []
        for file in wanted:
            try:
                files.append(await self._fetch(head, file))
            except UnfitFile as error:
                refused.append(error.problem)
            except Undelivered as error:
                tired = head.attempts + 1 >= _MOST_ATTEMPTS
                if error.failure is Failure.LATER and not tired:
                    raise _NotNow(error.after) from error
                refused.append("lost")
            except Busy:
                raise _NotNow(None) from None
        captions = (
            arrival.letter.incoming.caption
            for arrival in arrivals
            if isinstance(arrival.letter.incoming, Attached)
        )
        caption = "\n".join(filter(None, captions))
        return replace(first, incoming=Attached(tuple(files), caption, tuple(refused)))

    async def _fetch(self, head: Waiting, file: FileRef) -> FileSent:
        channel, chat = head.kept.channel, head.kept.address
        messenger = self._messengers[channel]
        if file.size is not None and file.size > LARGEST_FILE:
            raise UnfitFile("too_large")
        await self._show_typing(messenger, chat)
        try:
            async with asyncio.timeout(_SECONDS_A_FILE):
                content = await messenger.fetch(file)
        except TimeoutError:
            raise Undelivered(Failure.LATER, "too slow") from None
        return await self._safe.keep(channel, chat, content)

    async def _show_typing(self, messenger: Messenger[Any], chat: str) -> None:
        try:
            await messenger.show_typing(chat)
        except Undelivered as error:
            _log.info("%s shows no typing: %s", messenger.name, error.reason)

    async def _put_off(self, head: Waiting, until: datetime) -> None:
        async with self._store.work() as work:
            await work.put_off_arrival(head.id, until)
