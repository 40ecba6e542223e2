"""What can be asked of the database about moving to another messenger."""

from collections.abc import Iterable
from datetime import datetime

from storage import carrying, moves, retention
from storage.moves import Found, Offered
from storage.run import Run


class MoveWork:
    """The part of a unit of work that is about moving to another messenger."""

    _run: Run

    async def offer_drafts(self, offered: Iterable[Offered]) -> None:
        """Write offers down; a chat's earlier one is forgotten."""
        await self._run(moves.offer, offered)

    async def carry(self, left: int, here: int, now: datetime) -> int:
        """Give one chat, by its id, what another has; see `storage.carrying.carry`."""
        return await self._run(carrying.carry, left, here, now)

    async def find_draft(self, digest: str, asker: int, now: datetime) -> Found | None:
        """Find whose draft a code asks for, when another chat asks."""
        return await self._run(moves.find, digest, asker, now)

    async def spend_move_code(self, digest: str) -> None:
        """Let a code open nothing any more."""
        await self._run(moves.spend, digest)

    async def forget_move_codes(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` codes that had ended earlier."""
        return await self._run(retention.move_codes, before, limit)
