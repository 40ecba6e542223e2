"""Documents of all kinds, each from whoever makes it, by the kind that begins its name."""

import re
from dataclasses import dataclass
from typing import Final

from bot.channels.base import Documents
from bot.extract.issuing import Extracts
from bot.extract.numbers import read_number

_EXTRACT: Final = re.compile(r"extract[-:](?P<number>[A-Za-z0-9-]{1,40})(\.pdf)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Papers:
    """Finds the maker of a document; satisfies `bot.channels.base.Documents`."""

    applications: Documents
    extracts: Extracts

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document as PDF; None when there is none of that name for this chat."""
        named = _EXTRACT.fullmatch(name)
        if named is None:
            return await self.applications.document(channel, chat, name)
        number = read_number(named["number"])
        issued = await self.extracts.fetch(channel, chat, number) if number else None
        return issued.pdf if issued else None
