"""Documents of all kinds, each from whoever makes it, by the kind that begins its name."""

import re
from dataclasses import dataclass
from typing import Final

from bot.calendars import NAME, Calendars
from bot.extract.issuing import Extracts, Issued
from bot.extract.numbers import read_number
from bot.printing import Printing

_EXTRACT: Final = re.compile(r"extract[-:](?P<number>[A-Za-z0-9-]{1,40})(\.pdf)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Papers:
    """Finds the maker of a document; satisfies `bot.channels.base.Documents`."""

    applications: Printing
    extracts: Extracts
    calendars: Calendars

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document, most as PDF; None when there is none of that name for this chat."""
        if NAME.fullmatch(name):
            return await self.calendars.document(channel, chat, name)
        named = _EXTRACT.fullmatch(name)
        if named is None:
            return await self.applications.document(channel, chat, name)
        issued = await self._issued(channel, chat, named["number"])
        return issued.pdf if issued else None

    async def picture(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw an extract as PNG; None when there is none of that name for this chat."""
        named = _EXTRACT.fullmatch(name)
        issued = await self._issued(channel, chat, named["number"]) if named else None
        return issued.png if issued else None

    async def _issued(self, channel: str, chat: str, typed: str) -> Issued | None:
        number = read_number(typed)
        return await self.extracts.fetch(channel, chat, number) if number else None
