"""Updates on their way in: handed over, then answered in the small ways that a chat expects."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, TelegramMethod

from bot.channels.base import Arrivals
from bot.channels.lasting import after_press, turns_pages
from bot.channels.telegram.calling import Calls
from bot.channels.telegram.keyboards import keeping
from bot.channels.telegram.reading import read
from bot.channels.telegram.staffroom import Hearing
from bot.channels.telegram.tidying import Tidying
from bot.channels.telegram.wire import CallbackQuery, Message, Update
from dialogs.effects import Button


class Receiving:
    """Hands updates over; what is tidied up afterwards comes when they are durable."""

    def __init__(
        self,
        arrivals: Arrivals,
        calls: Calls,
        tidying: Tidying,
        clock: Callable[[], datetime],
        hearing: Hearing,
    ) -> None:
        self._arrivals = arrivals
        self._calls = calls
        self._tidying = tidying
        self._clock = clock
        self._hearing = hearing

    async def take(self, updates: Sequence[Update]) -> Sequence[EditMessageReplyMarkup]:
        """Return once all that the updates say is durable; raises `Busy`.

        What is returned takes buttons away that are spent now. That the person has answered is
        noted first: the next message may be on its way before we come back.
        """
        now = self._clock()
        spent = [call for update in updates for call in self._spent(update)]
        found = [arrival for update in updates if (arrival := read(update, now))]
        if found:
            await self._arrivals.take(found)
        await self._hearing.hear(updates)
        return spent

    async def tidy(self, calls: Sequence[TelegramMethod[Any]]) -> None:
        """Make calls of no consequence, all at once."""
        await asyncio.gather(*(self._calls.attempt(call) for call in calls))

    def _spent(self, update: Update) -> Sequence[EditMessageReplyMarkup]:
        """Say with which calls buttons are taken away that have done their work."""
        match update:
            case Update(callback_query=CallbackQuery(message=Message() as message, data=code)):
                return self._after_press(message, code)
            case Update(message=Message() as message) if message.chat.type == "private":
                vouched = message.contact is not None
                spent = self._tidying.heard(str(message.chat.id), vouched=vouched)
                return (spent,) if spent else ()
        return ()

    def _after_press(self, message: Message, code: str) -> Sequence[EditMessageReplyMarkup]:
        before = message.reply_markup.rows if message.reply_markup else []
        after = after_press(before, code)
        pages = turns_pages([[Button(code, "")]])
        self._tidying.pressed(str(message.chat.id), message.message_id, pages=pages)
        return () if after == before else (keeping(message.chat.id, message.message_id, after),)


def answers(update: Update) -> Sequence[AnswerCallbackQuery]:
    """Say with which call a press is answered: without one the button seems to hang."""
    press = update.callback_query
    return (AnswerCallbackQuery(callback_query_id=press.id),) if press else ()
