"""Who would get a notice now, counted; nothing is written."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.notices.approval import Seen, is_answered_for
from bot.notices.planning import Planning
from bot.notices.reckoning import all_sent_at
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
    somebody else has to approve it, for that many people, before it may be sent.
    """

    revision: int
    people: int
    by_channel: dict[str, int]
    left_out: dict[str, int]
    led: int
    needs_approval: bool
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

    async def of(self, one: Notice) -> Preview:
        """Count who would get a notice, be it written down or not."""
        now = self._clock()
        async with self._store.look() as look:
            counted = await meant(look, one, self._planning, now)
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
            all_sent_at(start, by_channel, self._paces, zone) if people else None,
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
