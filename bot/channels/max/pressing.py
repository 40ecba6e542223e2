"""Presses answered, so that the telephone stops waiting; of no consequence when it fails.

Kept in memory: a press whose answer is lost is answered when MAX delivers it again.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Final

from bot.channels.base import Undelivered
from bot.channels.max.answering import answer
from bot.channels.max.api import Api
from bot.channels.max.reading import Press
from dialogs.words import Words

_MOST_WAITING: Final = 1000
_AT_ONCE: Final = 3
_PAUSE: Final = 0.25  # seconds between answers of one hand: twelve a second, of MAX's thirty
_LONGEST_PAUSE: Final = 60.0

_log = logging.getLogger(__name__)


class Presses:
    """Answers presses as they come."""

    def __init__(self, api: Api, words: Mapping[str, Words]) -> None:
        self._api = api
        self._words = words
        self._waiting: asyncio.Queue[tuple[Press, str]] = asyncio.Queue(_MOST_WAITING)

    def note(self, press: Press, language: str) -> None:
        """Have a press answered by and by; one too many is left to the telephone's patience."""
        if not self._waiting.full():
            self._waiting.put_nowait((press, language))

    async def run(self) -> None:
        """Answer until cancelled."""
        async with asyncio.TaskGroup() as hands:
            for _ in range(_AT_ONCE):
                hands.create_task(self._answer())

    async def _answer(self) -> None:
        while True:
            press, language = await self._waiting.get()
            words = self._words.get(language) or self._words["ru"]
            pause = _PAUSE
            try:
                await self._api.answer(press.callback_id, answer(press, words))
            except Undelivered as failure:
                _log.debug("max: a press was not answered: %s", failure.reason)
                pause = min(failure.after or _PAUSE, _LONGEST_PAUSE)
            await asyncio.sleep(pause)
