"""What the staff do with notices: each deed is durable when it returns, or refused and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from bot.live import Live
from bot.notices.broadcasting import Broadcasting
from bot.notices.planning import Planning
from bot.notices.reckoning import USUAL_PACES, all_sent_at
from bot.notices.refusals import (
    AudienceMoved,
    Changed,
    Fault,
    Faulty,
    NeedsApproval,
    NotAllowed,
    SameAuthor,
)
from bot.notices.showing import Showing
from bot.notices.stages import moved_too_far
from dialogs.notices.content import Audience, Content, Listed, Results
from dialogs.notices.states import Deed
from storage.db import Store
from storage.notice_gathering import Counted
from storage.notice_lists import ListedRow
from storage.notices import Notice, NoticeMove, ended
from storage.work import Work

Rest: TypeAlias = Literal["leave_out", "new_notice"]
MISSED: Final = ("failed", "unknown", "skipped")
_AT_ONCE: Final = 10_000  # rows of one transaction


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody of the staff."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get a notice now: ``people``, of them ``led`` ones after their dialog.

    ``left_out`` are by reason; ``last_at`` is when the last one would get it at the full pace of
    the slowest channel, by day only where they live; None when nobody gets it.
    """

    people: int
    by_channel: dict[str, int]
    left_out: dict[str, int]
    led: int
    needs_approval: bool
    last_at: datetime | None = None


class Notices:
    """The notices of the desk, and of the command line."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        broadcasting: Broadcasting,
        clock: Callable[[], datetime],
        approval_above: int,
        live: Live,
    ) -> None:
        self._store = store
        self.planning = planning
        self._broadcasting = broadcasting
        self._clock = clock
        self._approval_above = approval_above
        self._live = live
        self.paces: dict[str, float] = dict(USUAL_PACES)
        self.showing = Showing(store, planning, self.paces)

    async def create(self, content: Content, by: Author, corrects: int = 0) -> int:
        """Begin a notice; return its number."""
        now = self._clock()
        made = Notice(0, content, "draft", 1, by.login, now, corrects=corrects)
        async with self._store.work() as work:
            number = await work.keep_notice(made)
            await work.move_notice(number, NoticeMove(now, "create", "draft", by.login, by.name))
        return number

    async def edit(
        self,
        number: int,
        content: Content,
        revision: int,
        by: Author,
        listed: Sequence[ListedRow] | None = None,
    ) -> int:
        """Change a notice that somebody has seen in a revision; return the new one.

        Whatever was checked or approved has to be so again. With ``listed`` that is its list from
        now on.
        """
        async with self._store.work() as work:
            one = await self._of(work, number)
            if one.revision != revision:
                raise Changed(one.revision)
            fresh = replace(one, content=content, revision=revision + 1, approver="", expected=0)
            await self._do(work, fresh, "edit", by)
            if listed is not None:
                await work.keep_list(number, listed)
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
        counted = (await self.preview(number)).people
        async with self._store.work() as work:
            one = await self._of(work, number)
            await self._do(work, replace(one, expected=counted), "submit", by)

    async def approve(self, number: int, by: Author) -> None:
        """Approve what another person wrote, for as many people as are meant now."""
        counted = (await self.preview(number)).people
        async with self._store.work() as work:
            one = await self._of(work, number)
            if one.author == by.login:
                raise SameAuthor
            await self._do(work, replace(one, approver=by.login, expected=counted), "approve", by)

    async def send_back(self, number: int, by: Author, why: str) -> None:
        """Return a notice to who wrote it."""
        await self._act(number, "send_back", by, why)

    async def send(self, number: int, expected: int, by: Author) -> None:
        """Send to as many people as the button has said, now or when its time comes."""
        seen = await self.preview(number)
        if moved_too_far(expected, seen.people):
            raise AudienceMoved(expected, seen.people)
        async with self._store.work() as work:
            one = await self._of(work, number)
            if seen.needs_approval and one.state != "approved":
                raise NeedsApproval
            if one.state == "approved" and moved_too_far(one.expected, seen.people):
                raise AudienceMoved(one.expected, seen.people)
            told = replace(one, expected=seen.people, starts_at=one.content.starts_at)
            await self._do(work, told, "send", by)
        self._broadcasting.wake()

    async def pause(self, number: int, by: Author) -> None:
        """Send nothing more for the time being; at most one batch is under way still."""
        await self._act(number, "pause", by)

    async def resume(self, number: int, by: Author) -> None:
        """Go on, also with a notice that is held: with the people who are meant now."""
        async with self._store.work() as work:
            one = await self._of(work, number)
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
        again = Results(number, ("skipped",), reasons=("stopped",))
        return await self.create(self._again(one, again), by)

    async def discard(self, number: int, by: Author) -> None:
        """Give up a notice that has not been sent."""
        await self._act(number, "discard", by)

    async def missed(self, number: int, by: Author, *, elsewhere: bool = True) -> int:
        """Begin a notice to those not reached, through another channel if ``elsewhere``."""
        async with self._store.look() as look:
            one = _there(await look.notice(number))
        audience = Results(number, ("failed", "unknown"), elsewhere=elsewhere)
        return await self.create(self._again(one, audience), by)

    async def copy(self, number: int, by: Author) -> int:
        """Begin a notice that says the same to whoever is meant by the same words."""
        async with self._store.look() as look:
            one = _there(await look.notice(number))
        made = await self.create(self._again(one, one.content.audience), by)
        if isinstance(one.content.audience, Listed):
            async with self._store.work() as work:
                await work.copy_list(number, made)
        return made

    def _again(self, one: Notice, audience: Audience) -> Content:
        """Say the same to others; moments that are over are left out."""
        now, content = self._clock(), one.content
        return replace(
            content,
            audience=audience,
            starts_at=_if_later(content.starts_at, now),
            expires_at=_if_later(content.expires_at, now),
        )

    async def correction(self, number: int, content: Content, by: Author) -> int:
        """Begin a notice to exactly those who got another one."""
        audience = Results(number, ("accepted", "read", "unknown"))
        return await self.create(replace(content, audience=audience, budget=99), by, number)

    async def preview(self, number: int) -> Preview:
        """Count who would get a notice now; nothing is written."""
        async with self._store.look() as look:
            one = _there(await look.notice(number))
            counted = await look.preview_recipients(self.planning.plan(one, self._clock()))
        return self._seen(one, counted)

    def _seen(self, seen: Notice, counted: list[Counted]) -> Preview:
        by_channel: dict[str, int] = {}
        left_out: dict[str, int] = {}
        for one in counted:
            name, place = (one.reason, left_out) if one.reason else (one.channel, by_channel)
            place[name] = place.get(name, 0) + one.people
        people = sum(by_channel.values())
        led = sum(one.people for one in counted if one.led and not one.reason)
        needs = people > self._approval_above
        start = max(self._clock(), seen.content.starts_at or self._clock())
        zone = self.planning.organisation.zone
        last_at = all_sent_at(start, by_channel, self.paces, zone) if people else None
        return Preview(people, by_channel, left_out, led, needs, last_at)

    async def _act(self, number: int, deed: Deed, by: Author, why: str = "") -> None:
        async with self._store.work() as work:
            await self._do(work, await self._of(work, number), deed, by, why)
        self._broadcasting.wake()
        self._live.tell_notices()

    async def _of(self, work: Work, number: int) -> Notice:
        return _there(await work.notice_for_change(number))

    async def _do(self, work: Work, one: Notice, deed: Deed, by: Author, why: str = "") -> None:
        """Move a notice and write down who did it; raises `NotAllowed`."""
        now = self._clock()
        state = self.planning.after(one.state, deed)
        if deed == "send":
            faults = self.planning.faults(one.content, now)
            if faults:
                raise Faulty(faults)
        await work.keep_notice(ended(state, replace(one, because=why), now))
        await work.move_notice(one.id, NoticeMove(now, deed, state, by.login, by.name, why))


def _resumption(one: Notice) -> Deed:
    if one.state == "held" or one.stage in {"first", "rest", "free"}:
        return "resume"
    return "resume_gathering" if one.begun_at else "resume_scheduled"


def _if_later(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment and moment > now else None


def _there(one: Notice | None) -> Notice:
    if one is None:
        raise NotAllowed(None)
    return one
