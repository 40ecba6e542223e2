"""Who would get a notice now, counted; nothing is written."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs

from bot.notices.approval import Seen, is_answered_for
from bot.notices.planning import Planning
from bot.notices.reckoning import all_sent_at
from bot.notices.turnstile import PATIENCE, Turnstile
from dialogs.notices.content import Audience, Conditions
from dialogs.notices.states import OPEN_ROWS
from storage.db import Store
from storage.notice_gathering import Counted
from storage.notices import Notice
from storage.work import Look


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get a notice now: ``people``, of them ``led`` ones after their dialog.

    ``left_out`` are by reason; ``last_at`` is when the last one would get it at the full pace of
    the slowest channel, by day only where they live; None when nobody gets it. ``needs_approval``:
    somebody else has to approve it, for that many people, before it may be sent. All of it holds
    as of the moment ``at``, when the count began.
    """

    revision: int
    people: int
    by_channel: dict[str, int]
    left_out: dict[str, int]
    led: int
    needs_approval: bool
    at: datetime
    last_at: datetime | None = None

    @property
    def seen(self) -> Seen:
        """Return what somebody has seen who looks at this."""
        return Seen(self.revision, self.people)


class Previews:
    """Counts whom notices would reach."""

    def __init__(
        self,
        store: Store,
        planning: Planning,
        clock: Callable[[], datetime],
        paces: Mapping[str, float],
    ) -> None:
        self._store = store
        self._planning = planning
        self._clock = clock
        self._paces = paces
        self._turnstile = Turnstile(clock)

    async def of(self, one: Notice, *, anew: bool = False, patience: float = PATIENCE) -> Preview:
        """Count who would get a notice, be it written down or not.

        What was counted a moment ago serves again, unless it has to be ``anew``. Raises
        `NotCounted`; see `bot.notices.turnstile`.
        """
        now = self._clock()

        async def scan() -> list[Counted]:
            async with self._store.look() as look:
                return await meant(look, one, self._planning, now)

        made = await self._turnstile.through(
            self._asked(one, now), scan, anew=anew, patience=patience
        )
        counted = made.counted
        by_channel, left_out = Counter[str](), Counter[str]()
        for way in counted:
            if way.reason:
                left_out[way.reason] += way.people
            else:
                by_channel[way.channel] += way.people
        people = by_channel.total()
        start = max(now, one.content.starts_at or now)
        zone = self._planning.organisation.zone
        return Preview(
            one.revision,
            people,
            dict(by_channel),
            dict(left_out),
            sum(way.people for way in counted if way.led and not way.reason),
            not is_answered_for(one, people, self._planning.approval_above),
            made.at,
            all_sent_at(start, by_channel, self._paces, zone) if people else None,
        )

    def _asked(self, one: Notice, now: datetime) -> Hashable:
        """Name what decides who is counted: the words do not, unless they make it personal."""
        plan = self._planning.plan(one, now)
        content = one.content
        return (
            (one.id, one.revision, one.begun_at, one.stage),
            (content.kind, content.budget, plan.channels, plan.uncleared),
            _to_the_minute(content.audience),
        )


def _to_the_minute(audience: Audience) -> Audience:
    """Have «within 30 days» be the same for a minute, though it is typed as of every moment."""
    if not isinstance(audience, Conditions):
        return audience
    since, before = audience.seen_since, audience.seen_before
    return structs.replace(
        audience,
        seen_since=since and since.replace(second=0, microsecond=0),
        seen_before=before and before.replace(second=0, microsecond=0),
    )


async def meant(look: Look, one: Notice, planning: Planning, now: datetime) -> list[Counted]:
    """Count who is meant by a notice: those gathered for it, or who would be gathered now."""
    if one.begun_at and not one.stage:
        rows = await look.notice_counts(one.id)
        return [
            Counted(row.channel, "" if row.state in OPEN_ROWS else row.reason, False, row.people)
            for row in rows
        ]
    return await look.preview_recipients(planning.plan(one, now))
