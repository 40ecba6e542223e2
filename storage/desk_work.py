"""What can be asked of the database about the desk: staff, sign-ins, the journal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from storage import journal, staff, staff_sessions
from storage.journal import Chain, Line
from storage.run import Run
from storage.staff import Staff
from storage.staff_sessions import StaffSession


class DeskWork:
    """The part of a unit of work that is about the desk."""

    _run: Run

    async def keep_staff(self, kept: Staff) -> int:
        """Write an account down, new or changed; return its number."""
        return await self._run(staff.keep, kept)

    async def staff_for_change(self, number: int) -> Staff | None:
        """Find an account by its number; nobody else changes it until the commit."""
        return await self._run(staff.for_change, number)

    async def put_recovery(self, number: int, digests: Iterable[str]) -> None:
        """Give an account new recovery codes in the place of all it had."""
        await self._run(staff.put_recovery, number, digests)

    async def spend_recovery(self, number: int, digest: str) -> bool:
        """Take a recovery code away; tell whether it was there."""
        return await self._run(staff.spend_recovery, number, digest)

    async def open_session(self, opened: StaffSession) -> None:
        """Write a sign-in down."""
        await self._run(staff_sessions.open_one, opened)

    async def session_seen(self, digest: str, now: datetime) -> None:
        """Note that somebody is there."""
        await self._run(staff_sessions.seen, digest, now)

    async def offer_factor(self, digest: str, secret: bytes | None) -> None:
        """Keep the sealed secret that an enrolment shows."""
        await self._run(staff_sessions.offer, digest, secret)

    async def end_session(self, number: int, session: int) -> bool:
        """End one sign-in of an account; tell whether it was there."""
        return await self._run(staff_sessions.end, number, session)

    async def end_sessions(self, number: int, but: str = "") -> int:
        """End the sign-ins of an account but the one of a digest; count them."""
        return await self._run(staff_sessions.end_all, number, but)

    async def leave_session(self, digest: str) -> None:
        """End a sign-in by the digest of its token."""
        await self._run(staff_sessions.leave, digest)

    async def forget_sessions(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` sign-ins not seen since then."""
        return await self._run(staff_sessions.forget, before, limit)

    async def begin_journal(self, sealed: bytes, genesis: str) -> bytes:
        """Begin the journal under a sealed key, unless it has begun; return the one it has."""
        return await self._run(journal.begin, sealed, genesis)

    async def reseal_journal(self, sealed: bytes) -> None:
        """Keep the key of the journal under another seal."""
        await self._run(journal.reseal, sealed)

    async def write_journal(
        self, chain: Chain, entries: Iterable[tuple[str, str, str, str]], now: datetime
    ) -> None:
        """Add lines to the journal, each as (login, deed, about, purpose); call it last."""
        await self._run(journal.write, chain, entries, now)


class DeskLook:
    """The part of a look that is about the desk."""

    _run: Run

    async def staff_by_login(self, login: str) -> Staff | None:
        """Find an account by its login."""
        return await self._run(staff.by_login, login)

    async def staff(self, number: int) -> Staff | None:
        """Find an account by its number."""
        return await self._run(staff.by_id, number)

    async def staff_page(self, after: str, limit: int) -> Sequence[Staff]:
        """Read accounts that follow a login, in the order of logins."""
        return await self._run(staff.page, after, limit)

    async def has_staff(self) -> bool:
        """Tell whether there is an account that is not of the demonstration."""
        return await self._run(staff.anybody)

    async def recovery_left(self, number: int) -> int:
        """Count the recovery codes of an account that were not used."""
        return await self._run(staff.recovery_left, number)

    async def session(self, digest: str) -> tuple[StaffSession, Staff] | None:
        """Find a sign-in by the digest of its token, and whose it is."""
        return await self._run(staff_sessions.find, digest)

    async def sessions_of(self, number: int, limit: int) -> Sequence[StaffSession]:
        """Read the sign-ins of an account, the newest first."""
        return await self._run(staff_sessions.of_staff, number, limit)

    async def journal_after(self, place: int, limit: int) -> Sequence[Line]:
        """Read lines of the journal that follow a number, oldest first."""
        return await self._run(journal.after, place, limit)

    async def journal_before(
        self, place: int | None, limit: int, login: str = "", about: str = ""
    ) -> Sequence[Line]:
        """Read lines of the journal before a number (None: the newest), newest first."""
        return await self._run(journal.before, place, limit, login, about)

    async def journal_head(self) -> tuple[int, str] | None:
        """Read the number and the mac of the journal's last line; None before the first."""
        return await self._run(journal.head)
