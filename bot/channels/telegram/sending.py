"""Calls on their way out, with what a chat needs around them to stay calm."""

import logging
from typing import Final

from aiogram.methods import DeleteMessage, EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.channels.lasting import after_words, turns_pages
from bot.channels.pace import Again
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal
from bot.channels.telegram.keyboards import keeping, shown
from bot.channels.telegram.markup import plain
from bot.channels.telegram.tidying import Tidying
from bot.channels.telegram.uploading import Uploads
from bot.channels.telegram.writing import Request

_NOTED: Final = "✓"
"""What the message says that is deleted at once; it does no harm where that fails."""

_log = logging.getLogger(__name__)


class Sending:
    """Makes one call after another, and remembers what is to be tidied up after it."""

    def __init__(self, calls: Calls, uploads: Uploads, tidying: Tidying) -> None:
        self._calls = calls
        self._uploads = uploads
        self._tidying = tidying

    async def perform(self, chat: str, request: Request, again: Again) -> str:
        """Make one call; return the message's number in its chat, or raise `Undelivered`."""
        call = request.model_copy(update={"chat_id": chat})
        if self._tidying.hides_keyboard(chat) and not isinstance(
            call.reply_markup, ReplyKeyboardMarkup
        ):
            call = await self._restoring(chat, call)
        if isinstance(call, SendMessage):
            sent = await self._turned(chat, call) or await self._said(call)
        else:
            sent = await self._uploads.send(chat, call, again)
        self._note(chat, sent, call)
        return str(sent.number)

    async def _said(self, call: SendMessage) -> Sent:
        """Say a text, in plain letters if Telegram cannot read our marks in it."""
        try:
            return await self._calls.send(call)
        except Refused as refused:
            if refused.refusal is not Refusal.UNPARSED:
                raise
            _log.error("telegram: a text of ours was not parsed: %s", refused.reason)
            bare = {"text": plain(call.text), "parse_mode": None}
            return await self._calls.send(call.model_copy(update=bare))

    async def _turned(self, chat: str, call: SendMessage) -> Sent | None:
        """Show another page of a list in the message whose page was turned, if it was."""
        markup = call.reply_markup
        if not isinstance(markup, InlineKeyboardMarkup) or not turns_pages(shown(markup)):
            return None
        page = self._tidying.turning(chat)
        if page is None:
            return None
        edit = EditMessageText(
            chat_id=chat,
            message_id=page,
            text=call.text,
            parse_mode=call.parse_mode,
            link_preview_options=call.link_preview_options,
            reply_markup=markup,
        )
        try:
            await self._calls(edit)
        except Refused as refused:
            if refused.refusal is not Refusal.NOTHING_CHANGED:
                self._tidying.turned(chat)
                return None  # it is gone: the page is shown below
        self._tidying.turned(chat)
        return Sent(page)

    async def _restoring(self, chat: str, call: Request) -> Request:
        """Give the person the phone's own keyboard back, with a call or before it.

        A message has one markup. So where the call has buttons, the keyboard goes with a silent
        message that is deleted at once.
        """
        if isinstance(call, SendMessage) and call.reply_markup is None:
            return call.model_copy(update={"reply_markup": ReplyKeyboardRemove()})
        passing = SendMessage(
            chat_id=chat,
            text=_NOTED,
            reply_markup=ReplyKeyboardRemove(),
            disable_notification=True,
        )
        sent = await self._calls.send(passing)
        self._tidying.restored(chat)
        await self._calls.attempt(DeleteMessage(chat_id=chat, message_id=sent.number))
        return call

    def _note(self, chat: str, sent: Sent, call: Request) -> None:
        """Remember what is to be taken away once the person has answered."""
        match call.reply_markup:
            case ReplyKeyboardMarkup():
                self._tidying.shares_phone(chat)
            case ReplyKeyboardRemove():
                self._tidying.restored(chat)
            case InlineKeyboardMarkup() as markup:
                keys = shown(markup)
                after = after_words(keys)
                if after != keys:
                    self._tidying.asked(chat, keeping(chat, sent.number, after))
