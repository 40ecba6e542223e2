"""Telegram at work: the edge between its Bot API and the assistant."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from aiogram.methods import DeleteMessage, SendChatAction, SendMessage
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from aiohttp import web

from bot.channels.base import FileRef, Pace, Situation, Surroundings, Undelivered
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal, is_of_the_bot
from bot.channels.telegram.fetching import fetch
from bot.channels.telegram.introducing import introduce
from bot.channels.telegram.keyboards import after_words, shown
from bot.channels.telegram.markup import plain
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reading import NAME
from bot.channels.telegram.receiving import Receiving, keeping
from bot.channels.telegram.tidying import Tidying
from bot.channels.telegram.uploading import Uploads
from bot.channels.telegram.webhook import PATH, Webhook
from bot.channels.telegram.writing import Request, write
from dialogs.message import Message

_NOTED: Final = "✓"
"""What the message says that is deleted at once; it does no harm where that fails."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How the bot is reached and reaches Telegram.

    ``webhook`` is the public address of deliveries, empty when updates are polled; ``secret``
    is what Telegram proves itself with there.
    """

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    webhook: str = ""
    secret: str = field(default="", repr=False)


class Telegram:
    """The messenger; satisfies `bot.channels.base.Messenger`."""

    name: Final = NAME
    pace: Final = Pace(per_second=30.0, chat_per_second=1.0, chat_burst=10)
    """As https://core.telegram.org/bots/faq has it; how short a «short burst» is, is our choice."""

    def __init__(self, settings: TelegramSettings, surroundings: Surroundings) -> None:
        arrivals, clock = surroundings.arrivals, surroundings.clock
        self._words = surroundings.words
        self._calls = Calls(settings.token, settings.api_url, clock)
        self._uploads = Uploads(NAME, surroundings.documents, self._calls)
        self._tidying = Tidying()
        receiving = Receiving(arrivals, self._calls, self._tidying, clock)
        self._polling = Polling(self._calls, receiving, lambda: arrivals.refused(NAME, "malformed"))
        self._webhook: Webhook | None = None
        if settings.webhook:
            refused = partial(arrivals.refused, NAME)
            self._webhook = Webhook(receiving, settings.webhook, settings.secret, refused)

    def write(self, message: Message, situation: Situation) -> Sequence[Request]:
        """Say with which calls a message is shown."""
        return write(message, self._words[situation.language])

    async def perform(self, chat: str, request: Request) -> str:
        """Make one call; return the message's number in its chat."""
        call = request.model_copy(update={"chat_id": chat})
        if self._tidying.hides_keyboard(chat) and not isinstance(
            request.reply_markup, ReplyKeyboardMarkup
        ):
            call = await self._restoring(chat, call)
        if isinstance(call, SendMessage):
            sent: Sent | None = await self._say(call)
        else:
            sent = await self._uploads.send(chat, call)
        if sent is None:
            return ""
        self._note(chat, sent, call)
        return str(sent.number)

    async def fetch(self, file: FileRef) -> bytes:
        """Fetch a file that somebody sent."""
        return await fetch(self._calls, file)

    async def show_typing(self, chat: str) -> None:
        """Show for five seconds, or until the answer, that it is being prepared."""
        await self._calls.attempt(SendChatAction(chat_id=chat, action="typing"))

    def routes(self) -> Iterable[web.RouteDef]:
        """List the address of deliveries, if they come."""
        return (web.post(PATH, self._webhook.deliver),) if self._webhook else ()

    async def run(self) -> None:
        """Introduce the bot, and receive until cancelled."""
        if self._webhook:
            await self._webhook.announce(self._calls)
        await self._introduce()
        await (self._webhook.watch(self._calls) if self._webhook else self._polling.run())

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.close()

    async def _introduce(self) -> None:
        """Set menu and profile; a bot that is not introduced still answers."""
        try:
            await introduce(self._calls, self._words)
        except Undelivered as failure:
            if is_of_the_bot(failure):
                raise
            _log.warning("telegram: menu and profile are not set: %s", failure.reason)

    async def _say(self, call: SendMessage) -> Sent:
        """Say a text, in plain letters if Telegram cannot read our marks in it."""
        try:
            return await self._calls.send(call)
        except Refused as refused:
            if refused.refusal is not Refusal.UNPARSED:
                raise
            _log.error("telegram: a text of ours was not parsed: %s", refused.reason)
            bare = {"text": plain(call.text), "parse_mode": None}
            return await self._calls.send(call.model_copy(update=bare))

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
