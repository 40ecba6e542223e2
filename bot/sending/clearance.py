"""Clearance: what may not travel in a messenger stays here, and a link to it goes instead.

This is the one place where it is enforced (law 149-FZ, article 10): whatever leaves for a
messenger passes it, whoever said it and why.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.channels.base import Failure, Undelivered
from bot.sending.delivery import Delivered, Result, Stuck
from bot.windows import LINK_LIFE, Links
from dialogs.effects import Template
from dialogs.message import Message
from dialogs.words import Words
from storage.outbox import Posted

Send: TypeAlias = Callable[[Posted], Awaitable[Result]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Withholding:
    """Keeps personal data and documents out of a messenger."""

    links: Links
    words: Mapping[str, Words]

    async def send(self, posted: Posted, send: Send) -> Result:
        """Send what may go; in place of the rest a link, one for several in a row."""
        if posted.message.data == "general":
            return await send(posted)
        try:
            if await self.links.stands(posted.chat_id, posted.heard_at):
                return Delivered(posted, "")
            token = await self.links.make(posted.chat_id)
        except Exception as error:  # noqa: BLE001 — the database may be back at the next attempt
            _log.error("no link could be made: %s", type(error).__name__)
            return Stuck(posted, Undelivered(Failure.LATER, type(error).__name__), posted.done)
        link = self._link(posted.message, posted.language, self.links.url(token))
        result = await send(replace(posted, message=link, done=0))
        if isinstance(result, Delivered):
            await self._note(token)
        return result

    async def _note(self, token: str) -> None:
        try:
            await self.links.sent(token)
        except Exception as error:  # noqa: BLE001 — then the next message brings a link of its own
            _log.error("a link was sent but not noted: %s", type(error).__name__)

    def _link(self, withheld: Message, language: str, url: str) -> Message:
        words = self.words.get(language) or self.words["ru"]
        minutes = int(LINK_LIFE.total_seconds() // 60)
        return replace(
            withheld,
            text=words("window.link", url=url, count=minutes),
            buttons=(),
            note="",
            data="general",
            files=(),
            document="",
            asks_phone=False,
            template=Template("window_link", (url,)),
        )
