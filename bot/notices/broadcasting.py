"""The clock's part in notices: begins, gathers, watches over stages, and finishes them.

One process of all has it, by a lease; whatever it leaves half done, the next one goes on with.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.live import Live
from bot.notices.approval import hindrance
from bot.notices.daytime import Awake
from bot.notices.planning import Planning
from bot.notices.previews import meant
from bot.notices.stages import Standing, judge
from dialogs.notices.states import Deed
from storage.db import Store
from storage.notice_settling import Settled
from storage.notices import Notice, NoticeMove, ended
from storage.work import Work

WEB: Final = "web"
_LINE: Final = "notices"
_LEASE: Final = timedelta(seconds=12)
_PAUSE: Final = 1.0  # seconds
_LONGEST_PAUSE: Final = 4.0
_REST: Final = 4.0  # times as long as a step took: counting a million is not our main work
_AT_ONCE: Final = 500  # rows of a transaction

_log = logging.getLogger(__name__)


class Broadcasting:
    """Moves notices on as their time comes, as long as this process has the lease."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        live: Live,
        clock: Callable[[], datetime],
        awake: Awake,
    ) -> None:
        self._store = store
        self._planning = planning
        self._live = live
        self._clock = clock
        self._awake = awake
        self._me = secrets.token_urlsafe(8)
        self._woken = asyncio.Event()
        self._closing = False
        self._on_news: Callable[[], None] = _nothing

    def on_news(self, listener: Callable[[], None]) -> None:
        """Tell someone when there may be recipients to send to."""
        self._on_news = listener

    def wake(self) -> None:
        """Look at once: somebody did something to a notice."""
        self._woken.set()

    def close(self) -> None:
        """End after the step that is under way."""
        self._closing = True
        self._woken.set()

    async def run(self) -> None:
        """Work until closed."""
        while not self._closing:
            self._woken.clear()
            began = asyncio.get_running_loop().time()
            try:
                busy = await self._has_lease() and await self.step()
            except Exception as error:  # noqa: BLE001 — the database may be back at the next look
                _log.error("notices: a step broke off: %s", type(error).__name__)
                busy = False
            if not busy:
                await self._sleep(asyncio.get_running_loop().time() - began)

    async def _sleep(self, taken: float) -> None:
        """Rest after a step that took so many seconds."""
        pause = min(max(_PAUSE, taken * _REST), _LONGEST_PAUSE)
        try:
            await asyncio.wait_for(self._woken.wait(), pause)
        except TimeoutError:
            return

    async def _has_lease(self) -> bool:
        async with self._store.look() as look:
            if not await look.working_notices(self._clock()):
                return False
        async with self._store.work() as work:
            return await work.take_line(_LINE, self._me, self._clock(), _LEASE) is not None

    async def step(self) -> bool:
        """Move every notice on by one step; tell whether there is more to do at once."""
        async with self._store.look() as look:
            working = await look.working_notices(self._clock())
        busy = False
        for one in working:
            try:
                busy |= await self._moved_on(one)
            except Exception as error:  # noqa: BLE001 — one that breaks does not keep the others
                _log.error("notice %d: a step broke off: %s", one.id, type(error).__name__)
        if working:
            self._live.tell_notices()
        return busy

    async def _moved_on(self, one: Notice) -> bool:
        match one.state:
            case "scheduled":
                return await self._begin(one)
            case "gathering":
                return await self._gather(one)
            case "held":
                return await self._see_again(one)
            case "sending":
                return await self._send(one)
        return False

    def _is_faulty(self, one: Notice) -> bool:
        """Tell whether a notice, right when it was sent, cannot be sent by now.

        A topic may have been renamed by a release since, or a template withdrawn.
        """
        return not one.begun_at and bool(self._planning.faults(one.content, self._clock()))

    async def _begin(self, scheduled: Notice) -> bool:
        """Begin to gather when the time has come and nothing has changed since it was sent."""
        now = self._clock()
        if self._is_faulty(scheduled):
            return await self._move(scheduled, "fail", "faults")
        async with self._store.look() as look:
            counted = await meant(look, scheduled, self._planning, now)
            down = await look.lines_down(self._planning.messengers, now)
        needed = {one.channel for one in counted if not one.reason}
        people = sum(one.people for one in counted if not one.reason)
        silent = f"channel {' '.join(sorted(needed))}" if needed and needed <= down else ""
        async with self._store.work() as work:
            fresh = await self._unmoved(work, scheduled)
            if fresh is None:
                return True
            because = self._hindrance(fresh, people) or silent
            await self._write(work, fresh, "hold" if because else "gather", because)
        return not because

    async def _see_again(self, held: Notice) -> bool:
        """Go on by ourselves once a channel that was down is back, and count anew."""
        kind, *names = held.because.split()
        if kind != "channel":
            return False
        async with self._store.look() as look:
            if set(names) <= await look.lines_down(names, self._clock()):
                return False
        return await self._move(held, "resume")

    async def _gather(self, gathering: Notice) -> bool:
        """Write down the next slice of recipients, and begin to send after the last one."""
        if self._is_faulty(gathering):
            return await self._move(gathering, "fail", "faults")
        async with self._store.work() as work:
            fresh = await self._unmoved(work, gathering)
            if fresh is None:
                return True
            if not fresh.begun_at:
                fresh = await self._start(work, fresh)
            if fresh.stage:
                plan = self._planning.plan(fresh, fresh.begun_at or self._clock())
                fresh = await work.gather_recipients(fresh, plan)
                await work.keep_notice(fresh)
        if fresh.stage:
            return True
        goes = await self._let_go(fresh)
        async with self._store.look() as look:
            await look.freshen_recipients()
        return goes

    async def _let_go(self, gathered: Notice) -> bool:
        """Begin to send, if somebody answers for as many people as there turned out to be."""
        async with self._store.look() as look:
            people = Standing(await look.notice_counts(gathered.id)).open
        async with self._store.work() as work:
            fresh = await self._unmoved(work, gathered)
            if fresh is None:
                return True
            because = self._hindrance(fresh, people)
            if because:
                await self._write(work, fresh, "hold", because)
                return False
            stage = "first" if fresh.content.in_stages else "rest"
            await self._write(work, replace(fresh, stage=stage), "begin")
        self._on_news()
        return True

    def _hindrance(self, fresh: Notice, people: int) -> str:
        return hindrance(fresh, people, self._planning.approval_above)

    async def _start(self, work: Work, fresh: Notice) -> Notice:
        """Freeze what is said and through which channels."""
        await work.word_notice(fresh.id, self._planning.wordings(fresh, self._clock()))
        return replace(
            fresh,
            stage="chats",
            gathered=0,
            begun_at=self._clock(),
            channels=self._planning.channels_for(fresh.content),
        )

    async def _send(self, sending: Notice) -> bool:
        """Watch over what the lines send, and show it where nothing has to be sent."""
        now = self._clock()
        if sending.content.expires_at and sending.content.expires_at <= now:
            return await self._leave_out(sending, "expired")
        shown = await self._show()
        async with self._store.look() as look:
            standing = Standing(await look.notice_counts(sending.id))
            # Whom a dead channel keeps waiting does not keep the others.
            down = await look.lines_down(self._planning.messengers, now)
            first_left = sending.stage == "first" and await look.first_left(sending.id, down)
        match judge(sending, standing, first_left=first_left):
            case "brake":
                return await self._move(sending, "pause", why="brake")
            case "rest":
                async with self._store.work() as work:
                    fresh = await work.notice_for_change(sending.id)
                    if fresh and fresh.state == "sending":
                        await work.keep_notice(replace(fresh, stage="rest"))
                self._on_news()
                return True
            case "finish":
                return await self._move(sending, "finish")
        return shown

    async def _show(self) -> bool:
        """Put notices into the histories of the web chat: who opens it sees them there."""
        now = self._clock()
        async with self._store.work() as work:
            shown = await work.claim_recipients(WEB, self._awake(now), now, _AT_ONCE)
            ends = [Settled(one.notice, one.id, "accepted") for one in shown]
            await work.settle_recipients(ends, now)
        self._live.tell([(WEB, one.address) for one in shown])
        return len(shown) == _AT_ONCE

    async def _leave_out(self, sending: Notice, reason: str) -> bool:
        async with self._store.work() as work:
            left = await work.leave_out(sending.id, reason, self._clock(), _AT_ONCE * 20)
        if left:
            return True
        async with self._store.look() as look:
            standing = Standing(await look.notice_counts(sending.id))
        if standing.is_done:
            return await self._move(sending, "finish", why=reason)
        return False

    async def _move(self, seen: Notice, deed: Deed, why: str = "") -> bool:
        """Do something to a notice unless somebody else has done so meanwhile."""
        async with self._store.work() as work:
            if fresh := await self._unmoved(work, seen):
                await self._write(work, fresh, deed, why)
        return True

    async def _unmoved(self, work: Work, seen: Notice) -> Notice | None:
        """Take a notice up for a change; None when it is no more in the state that was seen."""
        fresh = await work.notice_for_change(seen.id)
        return fresh if fresh and fresh.state == seen.state else None

    async def _write(self, work: Work, fresh: Notice, deed: Deed, why: str = "") -> None:
        now = self._clock()
        state = self._planning.after(fresh.state, deed)
        await work.keep_notice(ended(state, replace(fresh, because=why), now))
        await work.move_notice(fresh.id, NoticeMove(now, deed, state, "", "", why))


def _nothing() -> None:
    pass
