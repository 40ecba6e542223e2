"""The key of the journal, and following its chain from the first line to the last."""

import secrets
from dataclasses import dataclass
from typing import Final

from bot.sealing import CannotOpen, Seal
from bot.settings import BadSettings
from storage.db import Store
from storage.journal import Chain

_LABEL: Final = "desk journal"
_KEY: Final = 32  # bytes
_LOST: Final = (
    "no key opens the journal of the desk; add the one it was begun with to POLIS_FILES_KEY, last"
)
_AT_ONCE: Final = 200  # lines; between pages the program serves others


async def journal_chain(store: Store, seal: Seal) -> Chain:
    """Find the key of this database's journal, drawing it at the first start.

    It is kept sealed, under the newest of the sealing keys. Raises `BadSettings` when none of
    them opens it: to begin another chain would hide whatever was done to this one.
    """
    drawn = Chain(secrets.token_bytes(_KEY))
    offered = seal.seal(drawn.key, _LABEL)
    async with store.work() as work:
        kept = await work.begin_journal(offered, drawn.genesis)
        try:
            key = seal.open(kept, _LABEL)
        except CannotOpen as error:
            raise BadSettings(_LOST) from error
        if kept != offered and not seal.is_newest(kept):
            await work.reseal_journal(seal.seal(key, _LABEL))
    return Chain(key)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What following the chain has shown.

    ``lines`` and ``mac`` are of the last line that fits; ``broken_at`` is the first that does
    not. Whoever notes the two can tell later that nothing was cut off before them.
    """

    lines: int
    mac: str
    broken_at: int | None = None


async def verify(store: Store, chain: Chain) -> Verdict:
    """Follow the whole chain to the head that was there at the beginning."""
    async with store.look() as look:
        head = await look.journal_head() or (0, chain.genesis)
    place, mac = 0, chain.genesis
    while place < head[0]:
        async with store.look() as look:
            lines = await look.journal_after(place, min(_AT_ONCE, head[0] - place))
        if not lines:
            break
        for line in lines:
            if line.number != place + 1 or line.mac != chain.mac(mac, line):
                return Verdict(place, mac, place + 1)
            place, mac = line.number, line.mac
    return Verdict(place, mac, None if (place, mac) == head else place + 1)
