"""Arrivals as sealed bytes and back: nobody reads in the database what waits for its files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot import events
from bot.channels.base import Arrival, FileRef, Letter
from bot.safekeeping import Safe
from dialogs.incoming import Attached
from storage.arrivals import Kept


@dataclass(frozen=True, slots=True)
class _Inside:
    event: dict[str, Any]
    sent_at: datetime
    language: str
    origin: str
    phone: str
    files: tuple[FileRef, ...]


class Parcels:
    """Seals arrivals with the keys of files."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe

    async def seal(self, arrival: Arrival) -> Kept:
        """Put an arrival into a form that can be kept."""
        letter = arrival.letter
        inside = _Inside(
            events.write(letter.incoming),
            letter.sent_at,
            letter.language,
            letter.origin,
            letter.phone,
            arrival.files,
        )
        label = _label(letter.channel, letter.chat, letter.key)
        sealed = await self._safe.seal(msgspec.json.encode(inside), label)
        return Kept(letter.channel, letter.chat, letter.key, arrival.album, letter.sent_at, sealed)

    async def open(self, kept: Kept) -> Arrival:
        """Read an arrival back; one that no key opens is as if its file could not be fetched."""
        content = await self._safe.open(kept.sealed, _label(kept.channel, kept.address, kept.key))
        # Under another key than the messenger's, which is in the inbox since it was kept.
        key = f"fetched:{kept.key}"
        if content is None:
            lost = Attached((), refused=("lost",))
            return Arrival(Letter(kept.channel, kept.address, key, lost, kept.received_at))
        inside = msgspec.json.decode(content, type=_Inside)
        letter = Letter(
            kept.channel,
            kept.address,
            key,
            events.read(inside.event),
            inside.sent_at,
            inside.language,
            inside.origin,
            inside.phone,
        )
        return Arrival(letter, inside.files, kept.album)


def _label(*parts: str) -> str:
    return "\n".join(("arrival", *parts))
