"""Telegram at work: the edge between its Bot API and the assistant."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from aiogram.methods import SendChatAction
from aiohttp import web

from bot.channels.base import FileRef, Situation, Surroundings, Undelivered
from bot.channels.bubbles import Bubble
from bot.channels.pace import Again, Pace, at_once
from bot.channels.telegram.calling import Calls
from bot.channels.telegram.failures import is_of_the_bot
from bot.channels.telegram.fetching import fetch
from bot.channels.telegram.introducing import introduce
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.reading import NAME
from bot.channels.telegram.receiving import Receiving
from bot.channels.telegram.sending import Sending
from bot.channels.telegram.showing import show
from bot.channels.telegram.staffroom import Hearing
from bot.channels.telegram.tidying import Tidying
from bot.channels.telegram.topics import Topics
from bot.channels.telegram.uploading import Uploads
from bot.channels.telegram.webhook import PATH, Webhook
from bot.channels.telegram.writing import Request, paid_for, write
from dialogs.message import Message

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How the bot is reached and reaches Telegram.

    ``webhook`` is the public address of deliveries, empty when updates are polled; ``secret``
    is what Telegram proves itself with there. ``forum`` is the id of the staff's supergroup, 0 for
    none. ``paid_per_second`` is how many notices a second are paid for, 0 for none.
    """

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    webhook: str = ""
    secret: str = field(default="", repr=False)
    forum: int = 0
    paid_per_second: float = 0.0


class Telegram:
    """The messenger; satisfies `bot.channels.base.Messenger`."""

    name: Final = NAME
    pace: Pace = Pace(per_second=30.0, chat_per_second=1.0, chat_burst=10)
    """As https://core.telegram.org/bots/faq has it; how short a «short burst» is, is our choice."""

    def __init__(self, settings: TelegramSettings, surroundings: Surroundings) -> None:
        arrivals, clock = surroundings.arrivals, surroundings.clock
        self._words = surroundings.words
        self.pace = replace(self.pace, paid_per_second=settings.paid_per_second)
        self._calls = Calls(settings.token, settings.api_url, clock)
        tidying = Tidying()
        uploads = Uploads(NAME, surroundings.documents, self._calls)
        self._sending = Sending(self._calls, uploads, tidying)
        self.board = Topics(self._calls, settings.forum) if settings.forum else None
        desk = surroundings.staffroom if settings.forum else None
        receiving = Receiving(arrivals, self._calls, tidying, clock, Hearing(settings.forum, desk))
        self._polling = Polling(self._calls, receiving, lambda: arrivals.refused(NAME, "malformed"))
        self._webhook: Webhook | None = None
        if settings.webhook:
            refused = partial(arrivals.refused, NAME)
            self._webhook = Webhook(receiving, settings.webhook, settings.secret, refused)

    def write(self, message: Message, situation: Situation) -> Sequence[Request]:
        """Say with which calls a message is shown."""
        requests = write(message, self._words[situation.language])
        is_paid = situation.is_notice and self.pace.paid_per_second
        return [paid_for(one) for one in requests] if is_paid else requests

    def show(self, request: Request) -> Bubble:
        """Say what a person will see of a call."""
        return show(request)

    async def perform(self, chat: str, request: Request, again: Again = at_once) -> str:
        """Make one call; return the message's number in its chat."""
        return await self._sending.perform(chat, request, again)

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
