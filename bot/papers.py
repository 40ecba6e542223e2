"""Documents of all kinds, each from whoever makes it, by the kind that begins its name."""

import re
from dataclasses import dataclass
from typing import Final

from bot.calendars import NAME, Calendars
from bot.enclosures import enclosed
from bot.extract.issuing import Extracts, Issued
from bot.extract.numbers import read_number
from bot.notices.attachments import Attachments, attached
from bot.printing import Printing
from bot.safekeeping import Safe

_PICTURES: Final = ("image/jpeg", "image/png")
_EXTRACT: Final = re.compile(r"extract[-:](?P<number>[A-Za-z0-9-]{1,40})(\.pdf)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Papers:
    """Finds the maker of a document; satisfies `bot.channels.base.Documents`."""

    applications: Printing
    extracts: Extracts
    calendars: Calendars
    safe: Safe
    notices: Attachments

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document, most as PDF; None when there is none of that name for this chat."""
        if attached(name):
            return await self._attached(name, is_picture=False)
        if kept := enclosed(name):
            return None if kept[0] in _PICTURES else await self._kept(channel, chat, *kept)
        if NAME.fullmatch(name):
            return await self.calendars.document(channel, chat, name)
        named = _EXTRACT.fullmatch(name)
        if named is None:
            return await self.applications.document(channel, chat, name)
        issued = await self._issued(channel, chat, named["number"])
        return issued.pdf if issued else None

    async def picture(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw an extract as PNG, or open a picture; None when this chat has none such."""
        if attached(name):
            return await self._attached(name, is_picture=True)
        if kept := enclosed(name):
            return await self._kept(channel, chat, *kept) if kept[0] in _PICTURES else None
        named = _EXTRACT.fullmatch(name)
        issued = await self._issued(channel, chat, named["number"]) if named else None
        return issued.png if issued else None

    async def _kept(self, channel: str, chat: str, kind: str, name: str) -> bytes | None:
        """Open a file of this chat; one of another chat, or of another kind, is none."""
        found = await self.safe.fetch(channel, chat, name)
        return found[1] if found and found[0] == kind else None

    async def _attached(self, name: str, *, is_picture: bool) -> bytes | None:
        """Open what a notice carries: whoever knows its name has got the notice."""
        found = await self.notices.open(name)
        return found.content if found and (found.kind in _PICTURES) is is_picture else None

    async def _issued(self, channel: str, chat: str, typed: str) -> Issued | None:
        number = read_number(typed)
        return await self.extracts.fetch(channel, chat, number) if number else None
