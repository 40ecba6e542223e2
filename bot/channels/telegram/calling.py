"""Calls of the Bot API, made through aiogram as a typed client and nothing more."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar, cast

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, TelegramMethod
from aiogram.types import Message
from msgspec import convert

from bot.channels.base import Failure, Undelivered
from bot.channels.insisting import insist
from bot.channels.telegram import wire
from bot.channels.telegram.failures import Refusal, refusal, taken_all_the_same, undelivered
from bot.channels.telegram.flooding import Flooding, Spare
from bot.channels.telegram.session import Session

_PATIENCE: Final = 20  # seconds for an answer; an upload has as long again
_CONNECTIONS: Final = 200
"""At once: above the rate that Telegram allows times the longest of ordinary answers, so that
nobody waits for a connection while others, who came later, are given one."""

_SMALL_PATIENCE: Final = 5  # seconds
_SMALL_AT_ONCE: Final = 8
"""Calls of no consequence: so few are on their way when we are told to wait."""

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class Refused(Undelivered):
    """A call was refused for a reason that may have a remedy."""

    def __init__(self, remedied_by: Refusal, reason: str) -> None:
        super().__init__(Failure.REJECTED, reason)
        self.refusal = remedied_by


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Telegram took: its number in the chat, and its file's id if it has one."""

    number: int
    file_id: str = ""


class Calls:
    """Makes calls, but none that comes before the end of a wait which Telegram asked for."""

    def __init__(self, token: str, api_url: str, clock: Callable[[], datetime]) -> None:
        server = TelegramAPIServer.from_base(api_url)
        self._bot = Bot(token, session=Session(server, _CONNECTIONS))
        self._flooding = Flooding(clock)
        self._spare = Spare(clock)
        self._small = asyncio.Semaphore(_SMALL_AT_ONCE)

    async def __call__(self, method: TelegramMethod[_Result], patience: int = _PATIENCE) -> _Result:
        """Make a call and return its result; raises `Undelivered`, `Refused` when there is help."""
        scope = str(getattr(method, "chat_id", "") or method.__api_method__)
        if wait := self._flooding.left(scope):
            raise Undelivered(Failure.LATER, "a wait is not over", wait)
        try:
            return await self._bot(method, request_timeout=patience)
        except (AiogramError, OSError) as error:
            if result := taken_all_the_same(error):
                return cast("_Result", result)
            raise self._translated(error, scope) from None  # its words may hold the token

    async def send(self, method: TelegramMethod[Message], patience: int = _PATIENCE) -> Sent:
        """Make a call that puts a message into a chat."""
        self._spare.spend(str(getattr(method, "chat_id", "")))
        message = convert(await self(method, patience), wire.Message)
        if message.photo:
            return Sent(message.message_id, message.photo[-1].file_id)
        return Sent(message.message_id, message.document.file_id if message.document else "")

    async def attempt(self, method: TelegramMethod[Any]) -> None:
        """Make a call of no consequence, which may fail; an edit only where there is room.

        A press is answered more than once if need be: until then its button turns.
        """
        if isinstance(method, EditMessageReplyMarkup) and not self._spare.spend(
            str(method.chat_id)
        ):
            return
        if isinstance(method, AnswerCallbackQuery):
            await insist(partial(self._failure, method))
        else:
            await self._failure(method)

    async def _failure(self, method: TelegramMethod[Any]) -> Undelivered | None:
        """Make a call; return what kept Telegram from taking it."""
        try:
            async with self._small:
                await self(method, _SMALL_PATIENCE)
        except Undelivered as failure:
            _log.debug("%s: %s", method.__api_method__, failure.reason)
            return failure
        return None

    def content(self, path: str) -> AsyncGenerator[bytes, None]:
        """Read a file that Telegram keeps, piece by piece; raises what `aiohttp` does."""
        session = self._bot.session
        return session.stream_content(session.api.file_url(self._bot.token, path))

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.session.close()

    def _translated(self, error: AiogramError | OSError, scope: str) -> Undelivered:
        flooded = False
        if isinstance(error, TelegramRetryAfter):
            flooded = self._flooding.asked(scope, error.retry_after)
        failure = undelivered(error, flooded_before=flooded)
        remedy = refusal(error)
        return Refused(remedy, failure.reason) if remedy else failure
