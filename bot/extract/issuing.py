"""Issuing an extract: drawn, read back, and only then kept and handed out."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

import msgspec

from bot.channels.base import Busy
from bot.extract.numbers import new_number
from bot.extract.sheet import Incomplete, Sheet, sheet
from bot.metrics import Metrics
from bot.organisation import Organisation
from dialogs.insured import Insured
from dialogs.words import Words
from storage.db import Store
from storage.extracts import KeptExtract

if TYPE_CHECKING:
    from bot.extract.drawing import Drawn
    from bot.sealing import Seal

T = TypeVar("T")
Reason: TypeAlias = Literal["elsewhere", "incomplete", "does_not_fit", "mismatch"]

AGAIN: Final = timedelta(minutes=1)
"""How long a chat that asks again gets the same extract."""

_QUEUE: Final = 50  # extracts waiting to be drawn: two or three seconds

_log = logging.getLogger(__name__)


class CannotIssue(Exception):
    """No extract can be issued, and trying again will not help.

    ``elsewhere``: another insurer insures the person; ``incomplete``: the register has no
    machine-readable sequence; ``does_not_fit``: the card has no room for the data or the
    code; ``mismatch``: the finished picture does not read as the record says.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued extract: a picture for the chat, a PDF for print, and when it was issued."""

    number: str
    issued_at: datetime
    png: bytes = field(repr=False)
    pdf: bytes = field(repr=False)


class Extracts:
    """Where extracts come from; ``keys`` seal what is kept of them, see `bot.sealing.Seal`.

    ``words`` are those of the clinics that will read them, whoever asks; ``public_url`` is
    where their numbers can be checked. One is drawn at a time, in a thread.
    """

    def __init__(
        self,
        store: Store,
        organisation: Organisation,
        words: Words,
        keys: Sequence[str],
        metrics: Metrics,
        public_url: str,
    ) -> None:
        self._store = store
        self._organisation = organisation
        self._words = words
        self._keys = keys
        self._metrics = metrics
        self._public_url = public_url
        self._thread = ThreadPoolExecutor(1, "extracts")
        self._waiting = 0

    async def issue(self, insured: Insured, channel: str, chat: str, now: datetime) -> Issued:
        """Issue an extract of this person to a chat; raises `CannotIssue` and `Busy`.

        Nothing is kept of one that was not read back. Asked again within `AGAIN`, the chat
        gets the same one.
        """
        async with self._store.look() as look:
            before = await look.latest_extract(channel, chat, insured.id, now - AGAIN)
        if before is not None:
            return await self._again(before)
        try:
            issued, kept = await self._alone(lambda: self._made(insured, now))
        except CannotIssue as error:
            self._metrics.extracts.labels(error.reason).inc()
            _log.error("an extract was not issued: %s", error.reason)
            async with self._store.work() as work:
                await work.note_facts([(channel, "unissued", error.reason)], now)
            raise
        async with self._store.work() as work:
            standing = await work.keep_extract(kept, channel, chat, AGAIN)
        if standing.number != kept.number:  # asked for twice at once
            return await self._again(standing)
        self._metrics.extracts.labels("issued").inc()
        return issued

    async def fetch(self, channel: str, chat: str, number: str) -> Issued | None:
        """Draw an extract of this chat anew, as it was issued; None when it has no such one.

        Raises `CannotIssue` and `Busy`.
        """
        async with self._store.look() as look:
            kept = await look.extract(channel, chat, number)
        return None if kept is None else await self._alone(lambda: self._redrawn(kept))

    async def _again(self, kept: KeptExtract) -> Issued:
        self._metrics.extracts.labels("repeated").inc()
        return await self._alone(lambda: self._redrawn(kept))

    def _made(self, insured: Insured, now: datetime) -> tuple[Issued, KeptExtract]:
        organisation = self._organisation
        if insured.insurer_code != organisation.insurer.registry_code:
            raise CannotIssue("elsewhere")
        number = new_number()
        try:
            said = sheet(insured, organisation, self._words, number, now, self._public_url)
        except Incomplete as error:
            raise CannotIssue("incomplete") from error
        drawn = _proven(said, now)
        record = msgspec.json.encode(said)
        digest = hashlib.sha256(record).hexdigest()
        sealed = self._seal.seal(record, _label(number))
        kept = KeptExtract(number, insured.id, now, digest, sealed)
        return Issued(number, now, drawn.png, drawn.pdf), kept

    def _redrawn(self, kept: KeptExtract) -> Issued:
        record = self._seal.open(kept.sealed, _label(kept.number))
        drawn = _proven(msgspec.json.decode(record, type=Sheet), kept.issued_at)
        return Issued(kept.number, kept.issued_at, drawn.png, drawn.pdf)

    @cached_property
    def _seal(self) -> "Seal":
        from bot.sealing import Seal  # noqa: PLC0415 — heavy, and few ask for extracts

        return Seal(self._keys)

    async def _alone(self, act: Callable[[], T]) -> T:
        """Run this in the one thread that draws."""
        if self._waiting >= _QUEUE:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, act)
        finally:
            self._waiting -= 1


def _proven(said: Sheet, issued_at: datetime) -> "Drawn":
    """Draw, and read the finished picture back; raises `CannotIssue`."""
    from bot.extract.checking import is_readable  # noqa: PLC0415 — heavy, as above
    from bot.extract.drawing import DoesNotFit, draw  # noqa: PLC0415

    try:
        drawn = draw(said, issued_at)
    except DoesNotFit as error:
        raise CannotIssue("does_not_fit") from error
    if not is_readable(drawn.png, said.payload, said.symbology):
        raise CannotIssue("mismatch")
    return drawn


def _label(number: str) -> str:
    return f"extract\n{number}"
