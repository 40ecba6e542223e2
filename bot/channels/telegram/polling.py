"""Long polling: updates are asked for, and acknowledged by asking for what comes after them."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from aiogram.methods import DeleteWebhook, TelegramMethod
from msgspec import ValidationError, convert

from bot.channels.base import Busy, Undelivered
from bot.channels.insisting import REFUSALS
from bot.channels.telegram.calling import Calls
from bot.channels.telegram.failures import is_of_the_bot
from bot.channels.telegram.receiving import Receiving, answers
from bot.channels.telegram.wire import ALLOWED_UPDATES, Update

_MOST: Final = 30  # updates at once: as many as may be answered within a second
_TIDYING: Final = 1.0  # seconds that are left for answers to presses before the next question
_LONG: Final = 50  # seconds; Telegram waits no longer
_TO_SPARE: Final = 15  # seconds for the answer to arrive
_LONGEST_PAUSE: Final = 64.0
_GROWTH: Final = 6  # failures until a pause is at its longest, doubling from two seconds
_BUSY: Final = 0.5  # seconds

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
        failures = refusals = 0
        while True:
            try:
                due = await self._receive()
            except (Undelivered, Busy) as failure:
                after: float | None = _BUSY
                if isinstance(failure, Undelivered):
                    refusals = refusals + 1 if is_of_the_bot(failure) else 0
                    if refusals >= REFUSALS:
                        return failure
                    after = failure.after
                failures += 1
                _log.warning("telegram: updates are not received: %s", failure)
                await asyncio.sleep(pause(failures, after))
            else:
                failures = refusals = 0
                # With the next question all is acknowledged: who is killed before answers again.
                tidying = tasks.create_task(self._receiving.tidy(due))
                await asyncio.wait([tidying], timeout=_TIDYING)

    async def _receive(self) -> Sequence[TelegramMethod[Any]]:
        """Take what there is, and return what is to be called now that it is durable.

        Only that is acknowledged, with the next question.
        """
        found = await self._calls(GetUpdates(offset=self._next), _LONG + _TO_SPARE)
        updates = list(self._read(found))
        spent = await self._receiving.take(updates)
        if found:
            self._next = max(one["update_id"] for one in found) + 1
        return [*(answer for update in updates for answer in answers(update)), *spent]

    def _read(self, found: Sequence[dict[str, Any]]) -> Iterator[Update]:
        for one in found:
            try:
                yield convert(one, Update)
            except ValidationError:
                self._refused()


def pause(failures: int, after: float | None) -> float:
    """Tell how many seconds to rest; what Telegram asks for goes first.

    A pause grows and is never quite the same, so that processes do not come back together.
    """
    if after is not None:
        return after
    longest = _LONGEST_PAUSE / 2 ** max(0, _GROWTH - failures)
    return random.uniform(longest / 2, longest)  # noqa: S311 — no secret
