"""What the staff do with notices: each deed is durable when it returns, or refused and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from bot.live import Live
from bot.notices.approval import Seen, answered_for, written_by
from bot.notices.broadcasting import Broadcasting
from bot.notices.following import said_again, those_left, those_missed, those_reached
from bot.notices.planning import Planning
from bot.notices.previews import Preview, Previews
from bot.notices.reckoning import USUAL_PACES
from bot.notices.refusals import (
    AudienceMoved,
    Changed,
    Fault,
    Faulty,
    NotAllowed,
    SameAuthor,
)
from bot.notices.showing import Showing
from bot.notices.stages import STAGES, moved_too_far
from dialogs.notices.content import Audience, Content, Listed
from dialogs.notices.states import Deed
from storage.db import Store
from storage.notice_files import NoticeFile
from storage.notice_lists import ListedRow
from storage.notices import Notice, NoticeMove, ended
from storage.work import Work

Rest: TypeAlias = Literal["leave_out", "new_notice"]
PATIENCE: Final = 60.0  # seconds that a deed waits until those it is for are counted
_AT_ONCE: Final = 10_000  # rows of one transaction


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody of the staff."""

    login: str
    name: str


class Notices:
    """The notices of the desk, and of the command line."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        broadcasting: Broadcasting,
        clock: Callable[[], datetime],
        live: Live,
    ) -> None:
        self._store = store
        self.planning = planning
        self._broadcasting = broadcasting
        self._clock = clock
        self._live = live
        self.paces: dict[str, float] = dict(USUAL_PACES)
        self.showing = Showing(store, planning, self.paces)
        self.previews = Previews(store, planning, clock, self.paces)

    async def create(self, content: Content, by: Author, *, key: str = "") -> int:
        """Begin a notice, once for each ``key`` of its author; return its number."""
        async with self._store.work() as work:
            number, _ = await self._begin(work, content, by, key)
        return number

    async def edit(
        self,
        number: int,
        content: Content,
        revision: int,
        by: Author,
        listed: Sequence[ListedRow] | None = None,
        file: NoticeFile | None = None,
    ) -> int:
        """Change a notice that somebody has seen in a revision; return the new one.

        Whatever was checked or approved has to be so again. With ``listed`` that is its list from
        now on; the ``file`` is kept that its content names anew.
        """
        async with self._store.work() as work:
            one = await self._of(work, number)
            if one.revision != revision:
                raise Changed(one.revision)
            fresh = replace(one, content=content, revision=revision + 1, approver="", expected=0)
            await self._do(work, fresh, "edit", by)
            if listed is not None:
                await work.keep_list(number, listed)
            if file is not None:
                await work.keep_notice_file(number, file, self._clock())
        return revision + 1

    async def check(self, number: int, by: Author) -> tuple[Fault, ...]:
        """Look for faults; without any the notice is checked."""
        async with self._store.work() as work:
            one = await self._of(work, number)
            faults = self.planning.faults(one.content, self._clock())
            if not faults:
                await self._do(work, one, "check", by)
        return faults

    async def submit(self, number: int, by: Author) -> None:
        """Ask for another person's approval."""
        await self._act(number, "submit", by)

    async def approve(self, number: int, seen: Seen, by: Author) -> None:
        """Approve what other people wrote, for about as many people as were seen.

        A notice that is held goes on by that. Raises `SameAuthor`, `Changed`, `AudienceMoved`.
        """
        await self._still(number, seen)
        writers = await self.writers(number)
        async with self._store.work() as work:
            one = await self._of(work, number, seen)
            if by.login in writers:
                raise SameAuthor
            approved = replace(one, approver=by.login, expected=seen.people)
            await self._do(work, approved, "approve", by)
        self._broadcasting.wake()

    async def send_back(self, number: int, by: Author, why: str) -> None:
        """Return a notice to who wrote it."""
        async with self._store.work() as work:
            one = replace(await self._of(work, number), approver="", expected=0)
            await self._do(work, one, "send_back", by, why)

    async def send(self, number: int, seen: Seen, by: Author) -> None:
        """Send to about as many people as the button has said, now or when its time comes.

        Raises `Changed`, `AudienceMoved`, `NeedsApproval`, `Faulty`.
        """
        people = await self._still(number, seen)
        async with self._store.work() as work:
            one = await self._of(work, number, seen)
            told = answered_for(one, people, self.planning.approval_above)
            await self._do(work, replace(told, starts_at=one.content.starts_at), "send", by)
        self._broadcasting.wake()

    async def pause(self, number: int, by: Author) -> None:
        """Send nothing more for the time being; at most one batch is under way still."""
        await self._act(number, "pause", by)

    async def resume(self, number: int, by: Author, seen: Seen | None = None) -> None:
        """Go on; a notice that is held, with about as many people as were ``seen`` to be meant now.

        Raises `AudienceMoved`, and `NeedsApproval` where so many need another person's word.
        """
        people = await self._still(number, seen) if seen else None
        async with self._store.work() as work:
            one = await self._of(work, number, seen)
            if one.state == "held":
                if people is None:
                    raise Changed(one.revision)
                one = answered_for(one, people, self.planning.approval_above)
            # Who goes on after the brake has looked at the failures: it brakes no more.
            stage = "free" if one.because == "brake" else one.stage
            await self._do(work, replace(one, stage=stage), _resumption(one), by)
        self._broadcasting.wake()

    async def stop(self, number: int, by: Author, rest: Rest = "leave_out") -> int | None:
        """Stop for good; the rest is left out, or gets a new notice, whose number is returned."""
        async with self._store.work() as work:
            one = await self._of(work, number)
            await self._do(work, one, "stop", by)
        left = _AT_ONCE
        while left == _AT_ONCE:
            async with self._store.work() as work:
                left = await work.leave_out(number, "stopped", self._clock(), _AT_ONCE)
        self._broadcasting.wake()
        if rest == "leave_out":
            return None
        if one.stage not in STAGES:  # not all are gathered, so nobody was written to
            return await self.copy(number, by)
        return await self._follow(number, those_left(number), by)

    async def discard(self, number: int, by: Author) -> None:
        """Give up a notice that has not been sent."""
        await self._act(number, "discard", by)

    async def missed(self, number: int, by: Author, *, key: str = "") -> int:
        """Begin a notice to those not reached, through another channel."""
        return await self._follow(number, those_missed(number), by, key)

    async def copy(self, number: int, by: Author, *, key: str = "") -> int:
        """Begin a notice that says the same to whoever is meant by the same words."""
        return await self._follow(number, None, by, key)

    async def correction(self, number: int, by: Author, *, key: str = "") -> int:
        """Begin a notice to exactly those who got another one; its words are yet to be mended."""
        return await self._follow(number, those_reached(number), by, key, corrects=number)

    async def _follow(
        self,
        number: int,
        audience: Audience | None,
        by: Author,
        key: str = "",
        corrects: int = 0,
    ) -> int:
        """Begin a notice with the words of another, to the same people or to others."""
        async with self._store.work() as work:
            one = await self._of(work, number)
            whom = audience or one.content.audience
            content = said_again(one.content, whom, self._clock(), corrects=bool(corrects))
            made, is_new = await self._begin(work, content, by, key, number, corrects)
            if is_new and isinstance(content.audience, Listed):
                await work.copy_list(number, made)
        return made

    async def _begin(
        self,
        work: Work,
        content: Content,
        by: Author,
        key: str,
        origin: int = 0,
        corrects: int = 0,
    ) -> tuple[int, bool]:
        now = self._clock()
        made = Notice(0, content, "draft", 1, by.login, now, corrects=corrects)
        number, is_new = await work.begin_notice(made, key)
        if is_new:
            deed: Deed = "copy" if origin else "create"
            why = str(origin) if origin else ""
            await work.move_notice(number, NoticeMove(now, deed, "draft", by.login, by.name, why))
        return number, is_new

    async def preview(self, number: int) -> Preview:
        """Count anew who would get a notice; nothing is written. Raises `NotCounted`."""
        async with self._store.look() as look:
            one = _there(await look.notice(number))
        return await self.previews.of(one, anew=True, patience=PATIENCE)

    async def writers(self, number: int) -> frozenset[str]:
        """Name those who wrote a part of a notice, or of the one whose words it began with."""
        found = frozenset[str]()
        async with self._store.look() as look:
            while number:
                logins, number = written_by(await look.notice_moves(number))
                found |= logins
        return found

    async def _still(self, number: int, seen: Seen) -> int:
        """Count who is meant now; raises `Changed`, `AudienceMoved`, `NotCounted`."""
        now = await self.preview(number)
        if now.revision != seen.revision:
            raise Changed(now.revision)
        if moved_too_far(seen.people, now.people):
            raise AudienceMoved(seen.people, now.people)
        return now.people

    async def _act(self, number: int, deed: Deed, by: Author, why: str = "") -> None:
        async with self._store.work() as work:
            await self._do(work, await self._of(work, number), deed, by, why)
        self._broadcasting.wake()
        self._live.tell_notices()

    async def _of(self, work: Work, number: int, seen: Seen | None = None) -> Notice:
        one = _there(await work.notice_for_change(number))
        if seen and one.revision != seen.revision:
            raise Changed(one.revision)
        return one

    async def _do(self, work: Work, one: Notice, deed: Deed, by: Author, why: str = "") -> None:
        """Move a notice and write down who did it; raises `NotAllowed`."""
        now = self._clock()
        state = self.planning.after(one.state, deed)
        if deed == "send":
            faults = self.planning.faults(one.content, now)
            if faults:
                raise Faulty(faults)
        await work.keep_notice(ended(state, replace(one, because=""), now))
        await work.move_notice(one.id, NoticeMove(now, deed, state, by.login, by.name, why))


def _resumption(one: Notice) -> Deed:
    if one.state == "held" or one.stage in STAGES:
        return "resume"
    return "resume_gathering" if one.begun_at else "resume_scheduled"


def _there(one: Notice | None) -> Notice:
    if one is None:
        raise NotAllowed(None)
    return one
