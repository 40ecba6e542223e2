"""Long polling: updates are asked for, and acknowledged by asking for what comes after them."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from aiogram.methods import DeleteWebhook, TelegramMethod
from msgspec import ValidationError, convert

from bot.channels.base import Busy, Undelivered
from bot.channels.telegram.calling import Calls
from bot.channels.telegram.failures import is_of_the_bot
from bot.channels.telegram.receiving import Receiving
from bot.channels.telegram.wire import ALLOWED_UPDATES, Update

_MOST: Final = 100
_LONG: Final = 50  # seconds; Telegram waits no longer
_TO_SPARE: Final = 15  # seconds for the answer to arrive
_LONGEST_PAUSE: Final = 60.0

_log = logging.getLogger(__name__)


class GetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` whose result is left as it came: one update is no reason to lose the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = _MOST
    timeout: int = _LONG
    allowed_updates: list[str] = list(ALLOWED_UPDATES)  # noqa: RUF012 — a field, copied for each


class Polling:
    """Asks for updates for ever."""

    def __init__(self, calls: Calls, receiving: Receiving, refused: Callable[[], None]) -> None:
        self._calls = calls
        self._receiving = receiving
        self._refused = refused
        self._next: int | None = None

    async def run(self) -> None:
        """Receive until cancelled; raises `Undelivered` when the token is refused."""
        await self._calls(DeleteWebhook())
        async with asyncio.TaskGroup() as tasks:
            refused = await self._until_refused(tasks)
        raise refused

    async def _until_refused(self, tasks: asyncio.TaskGroup) -> Undelivered:
        """Receive for as long as it may be tried again; return what forbids that."""
        failures = 0
        while True:
            try:
                updates = await self._receive()
            except (Undelivered, Busy) as failure:
                after = None
                if isinstance(failure, Undelivered):
                    if is_of_the_bot(failure):
                        return failure
                    after = failure.after
                failures += 1
                _log.warning("telegram: updates are not received: %s", failure)
                await asyncio.sleep(pause(failures, after))
            else:
                failures = 0
                tasks.create_task(self._tidy(updates))

    async def _receive(self) -> Sequence[Update]:
        """Take what there is; only what is durable is acknowledged, with the next question."""
        found = await self._calls(GetUpdates(offset=self._next), _LONG + _TO_SPARE)
        updates = list(self._read(found))
        await self._receiving.take(updates)
        if found:
            self._next = max(one["update_id"] for one in found) + 1
        return updates

    def _read(self, found: Sequence[dict[str, Any]]) -> Iterator[Update]:
        for one in found:
            try:
                yield convert(one, Update)
            except ValidationError:
                self._refused()

    async def _tidy(self, updates: Sequence[Update]) -> None:
        await asyncio.gather(*(self._receiving.tidy(update) for update in updates))


def pause(failures: int, after: float | None) -> float:
    """Tell how many seconds to rest; what Telegram asks for goes first.

    A pause grows and is never quite the same, so that processes do not come back together.
    """
    if after is not None:
        return after
    longest = min(2.0**failures, _LONGEST_PAUSE)
    return random.uniform(longest / 2, longest)  # noqa: S311 — no secret
