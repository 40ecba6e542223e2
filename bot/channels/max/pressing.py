"""Presses answered, so that the telephone stops waiting; of no consequence when it fails.

A press whose answer is lost in a crash is answered when MAX delivers it again, which it does
unless the crash came after the 200: so that waits a moment for the answer.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

from bot.channels.base import Undelivered
from bot.channels.insisting import insist
from bot.channels.max.answering import answer
from bot.channels.max.api import Api
from bot.channels.max.reading import Press
from bot.http import Pace, Rate
from dialogs.json import Json
from dialogs.words import Words

_RATE: Final = Rate(burst=15, per_second=24.0)  # of thirty calls: some are left for what is said
_MOST: Final = 200  # waiting at once; one more is left to the telephone's patience

_log = logging.getLogger(__name__)


class Presses:
    """Answers presses as they come, at a pace of their own."""

    def __init__(self, api: Api, words: Mapping[str, Words]) -> None:
        self._api = api
        self._words = words
        self._pace = Pace(_RATE, _steady)
        self._waiting = 0

    async def answer(self, press: Press, language: str) -> None:
        """Answer a press, more than once if need be."""
        if self._waiting >= _MOST:
            return
        self._waiting += 1
        try:
            body = answer(press, self._words.get(language) or self._words["ru"])
            await insist(partial(self._try, press.callback_id, body))
        finally:
            self._waiting -= 1

    async def _try(self, callback: str, body: dict[str, Json]) -> Undelivered | None:
        """Answer; return what kept MAX from taking it."""
        while pause := self._pace.wait("answers"):  # noqa: ASYNC110 — only time goes by
            await asyncio.sleep(pause)
        try:
            await self._api.answer(callback, body)
        except Undelivered as failure:
            _log.debug("max: a press was not answered: %s", failure.reason)
            return failure
        return None


def _steady() -> datetime:
    """Tell a time that nobody sets: were the clock put back, presses would go unanswered."""
    return datetime.fromtimestamp(asyncio.get_running_loop().time(), UTC)
