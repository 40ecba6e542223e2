"""What can be asked of the database about insured people and how chats prove to be theirs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from dialogs.attempts import Attempts
from dialogs.insured import Insured, Linked, Role
from storage import errands, identity, insured, records, retention, staging
from storage.errands import Claimed, Errand, Kind
from storage.identity import Noted, Proof
from storage.run import Run


class PeopleWork:
    """The part of a unit of work that is about insured people."""

    _run: Run

    async def keep_insured(self, people: Iterable[Insured]) -> tuple[int, int]:
        """Keep people under their ЕНП; count those who are new and those who changed."""
        return await self._run(insured.keep, people)

    async def begin_import(self, batch: str) -> None:
        """Let go of what an import that broke off has left."""
        await self._run(staging.begin, batch)

    async def gather_insured(self, batch: str, first_row: int, people: Iterable[Insured]) -> None:
        """Set people of a batch aside; ``first_row`` is the row of the first one."""
        await self._run(staging.gather, batch, first_row, people)

    async def settle_insured(self, batch: str, after: int, to: int) -> int:
        """Drop those of some rows who are in the register just so; return how many."""
        return await self._run(staging.settle, batch, after, to)

    async def move_insured(self, batch: str, expected: int) -> tuple[int, int] | None:
        """Move what is left of a batch into the register; count the new and the changed.

        None when another import has begun meanwhile; then nothing is done.
        """
        return await self._run(staging.move, batch, expected)

    async def drop_import(self, batch: str) -> None:
        """Give a batch up."""
        await self._run(staging.drop, batch)

    async def insured_by_enp(self, enp: str) -> Insured | None:
        """Find a person by ЕНП."""
        found = await self._run(insured.by_enps, [enp])
        return found[0] if found else None

    async def people(self, chat_ids: Iterable[int]) -> Mapping[int, tuple[Linked, ...]]:
        """Read who is proven in chats, by the chat's id, in the order of linking."""
        return await self._run(identity.people, chat_ids)

    async def link(self, links: Iterable[tuple[int, int, Role]], now: datetime) -> None:
        """Link chats to people, by their ids, each with what they are to who writes there."""
        await self._run(identity.link_to, links, now)

    async def unlink(self, links: Iterable[tuple[int, int]]) -> None:
        """Part chats from people, by their ids."""
        await self._run(identity.unlink, links)

    async def proofs(self, chat_ids: Iterable[int]) -> Mapping[int, Proof]:
        """Read what chats are proving, by the chat's id."""
        return await self._run(identity.proofs, chat_ids)

    async def prove(self, changed: Mapping[int, Proof | None]) -> None:
        """Write what chats are proving now, None for those who are not any more."""
        await self._run(identity.prove, changed)

    async def arm(
        self, chat_id: int, serial: str, code: str | None, insured_id: int | None
    ) -> None:
        """Set the digest of a code, if any, for an asking that still stands, and whom it proves."""
        await self._run(identity.arm, chat_id, serial, code, insured_id)

    async def attempts(self, keys: Iterable[str], now: datetime) -> dict[str, Attempts]:
        """Read how often was tried under keys; nobody else counts there until the commit."""
        return await self._run(identity.attempts, keys, now)

    async def count(self, counted: Mapping[str, Attempts]) -> None:
        """Write back attempts that this work has read."""
        await self._run(identity.count, counted)

    async def note(self, lines: Iterable[Noted], now: datetime) -> None:
        """Add lines to the journal of identity."""
        await self._run(identity.note, lines, now)

    async def send(self, sent: Iterable[Errand], now: datetime) -> None:
        """Write errands down, to be done at once."""
        await self._run(errands.send, sent, now)

    async def claim_errands(
        self, now: datetime, lease: timedelta, limit: int, kinds: Sequence[Kind]
    ) -> list[Claimed]:
        """Take errands of some kinds; one not settled within the lease is taken again."""
        return await self._run(errands.claim, now, lease, limit, kinds)

    async def settle(self, ids: Iterable[str]) -> set[str]:
        """Delete errands that are done; return those that were still there."""
        return await self._run(errands.settle, ids)

    async def forget_proofs(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` proofs begun earlier."""
        return await self._run(retention.proofs, before, limit)

    async def forget_attempts(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` counts of attempts that ended earlier."""
        return await self._run(retention.attempts, before, limit)

    async def forget_identity(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` older lines of the journal of identity."""
        return await self._run(records.journal, before, limit)


class PeopleLook:
    """The part of a look that is about insured people."""

    _run: Run

    async def insured(self, insured_id: int) -> Insured | None:
        """Look at one person of our register."""
        return await self._run(insured.one, insured_id)

    async def insured_by_enp(self, enp: str) -> Sequence[Insured]:
        """Find a person by ЕНП."""
        return await self._run(insured.by_enps, [enp])

    async def insured_by_document(self, document: str) -> Sequence[Insured]:
        """Find the people of a document."""
        return await self._run(insured.by_document, document)

    async def insured_by_phone(self, phone: str) -> Sequence[Insured]:
        """Find the people of a phone."""
        return await self._run(insured.by_phone, phone)

    async def has_insured(self) -> bool:
        """Tell whether our register holds anybody."""
        return not await self._run(insured.is_empty)

    async def people_of(self, channel: str, address: str) -> tuple[Linked, ...]:
        """Read who is proven in a chat."""
        return await self._run(identity.people_at, channel, address)

    async def people_in(self, chat_ids: Iterable[int]) -> Mapping[int, tuple[Linked, ...]]:
        """Read who is proven in chats, by the chat's id."""
        return await self._run(identity.people, chat_ids)

    async def has_errands(self, now: datetime, kinds: Sequence[Kind]) -> bool:
        """Tell whether errands of some kinds wait to be done."""
        return await self._run(errands.wait, now, kinds)
