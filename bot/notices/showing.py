"""What there is to see of a notice: how it goes, and how real people would see it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Final

from bot.notices.planning import Planning
from bot.notices.reckoning import all_sent_at
from bot.notices.speeds import Speeds
from bot.notices.stages import Standing
from dialogs.message import Message
from dialogs.notices.placeholders import fill
from dialogs.notices.states import OPEN_ROWS, Row, State
from storage.db import Store
from storage.notice_counting import Count
from storage.notices import Notice, NoticeMove

_WHOLE: Final = 100
_SETTLED: Final[tuple[Row, ...]] = ("accepted", "read", "failed", "unknown")


@dataclass(frozen=True, slots=True)
class Progress:
    """How a notice goes, all of it counted from the rows of its recipients.

    Of the ``total``, which leaves out those ``left_out`` for a reason of their own, ``settled``
    ones have come to their end and ``left`` ones are still to be sent to; ``percent``
    is of those settled, rounded down. ``errors`` are the states that are no success, each with its
    reason and how many people it has met, the most frequent first. ``per_second`` is how many
    outcomes have come of late, None until that is known. ``ends_at`` is when the last
    one will have got it at that speed, else at the full pace, by the organisation's day; None once
    nothing is left, or while nothing goes. It knows nothing of those for whom it is night, nor
    of the channels that are ``down``. ``interruptions`` are pairs of moments: when a process died
    in the middle of it, and when another went on.
    """

    state: State
    because: str
    stage: str
    total: int
    left_out: int
    settled: int
    percent: int
    left: int
    by_state: Mapping[Row, int]
    by_channel: Mapping[str, int]
    errors: Sequence[tuple[Row, str, int]]
    per_second: float | None
    ends_at: datetime | None
    down: Sequence[str]
    interruptions: Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A notice as one real recipient would see it; nobody's name is shown whole."""

    channel: str
    language: str
    message: Message


class Showing:
    """Looks at notices; writes nothing."""

    def __init__(self, store: Store, planning: Planning, paces: Mapping[str, float]) -> None:
        self._store = store
        self._planning = planning
        self._paces = paces
        self._speeds = Speeds()
        self._counting: dict[int, asyncio.Task[list[Count]]] = {}

    async def progress(self, number: int, now: datetime) -> Progress:
        """Tell how a notice goes; raises KeyError when there is none."""
        async with self._store.look() as look:
            one = await look.notice(number)
            moves = await look.notice_moves(number)
            down = await look.lines_down(self._planning.messengers, now)
        if one is None:
            raise KeyError(number)
        standing = Standing(await self._counts(number))
        total, left = standing.people() - standing.left_out, standing.open
        settled = total - left - standing.people("handed") - standing.cut_off
        waiting = sorted(down & standing.by_channel(*OPEN_ROWS).keys())
        speeds = self._speed(one, standing, now)
        return Progress(
            one.state,
            one.because,
            one.stage,
            total,
            standing.left_out,
            settled,
            settled * _WHOLE // total if total else 0,
            left,
            standing.by_state(),
            standing.by_channel(),
            standing.errors(),
            None if speeds is None else sum(speeds.values()),
            self._ends_at(one, standing, speeds or {}, waiting, now),
            waiting,
            interruptions(moves),
        )

    async def _counts(self, number: int) -> list[Count]:
        """Count the rows of a notice, once for all who look at it meanwhile."""
        counting = self._counting.get(number)
        if counting is None:
            counting = asyncio.ensure_future(self._count(number))
            self._counting[number] = counting
            counting.add_done_callback(lambda _: self._counting.pop(number, None))
        return await asyncio.shield(counting)

    async def _count(self, number: int) -> list[Count]:
        async with self._store.look() as look:
            return await look.notice_counts(number)

    def _speed(self, one: Notice, standing: Standing, now: datetime) -> dict[str, float] | None:
        if one.state != "sending":
            self._speeds.forget(one.id)
            return None
        return self._speeds.of(one.id, standing.by_channel(*_SETTLED), now)

    def _ends_at(
        self,
        one: Notice,
        standing: Standing,
        speeds: Mapping[str, float],
        down: Sequence[str],
        now: datetime,
    ) -> datetime | None:
        left = standing.by_channel(*OPEN_ROWS)
        going = {name: people for name, people in left.items() if name not in down}
        if one.state != "sending" or not going:
            return None
        # A first hundredth says nothing of how fast the rest will go.
        measured = {} if one.stage == "first" else {name: it for name, it in speeds.items() if it}
        paces = {**self._paces, **measured}
        return all_sent_at(now, going, paces, self._planning.organisation.zone)

    async def samples(self, one: Notice, now: datetime, limit: int = 4) -> list[Sample]:
        """Word a notice, be it written down or not, for a few real people, with covered names."""
        async with self._store.look() as look:
            found = await look.sample_recipients(self._planning.plan(one, now), limit)
            chats = await look.chats_by_id([chat_id for _, chat_id in found])
            names = await look.names_of_persons([person for person, _ in found])
        samples = []
        for person, chat_id in found:
            channel, language = chats[chat_id]
            spoken, _ = one.content.wording(language)
            said = self._planning.message(one.id, one.content, spoken, now)
            text = fill(said.text, {"name": covered(names.get(-person, ""))})
            samples.append(Sample(channel, spoken, replace(said, text=text)))
        return samples


def covered(name: str) -> str:
    """Cover a name but for the first letters of its words: «А••• П•••»."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def interruptions(moves: Sequence[NoticeMove]) -> tuple[tuple[datetime, datetime], ...]:
    """Pair each end of a process with the moment when another went on.

    The lines of several messengers, broken off by one death, are one interruption: it began when
    the last of them was heard of, and was over when all went on.
    """
    ends = [one.at for one in moves if one.deed == "interrupt"]
    beginnings = [one.at for one in moves if one.deed == "go_on"]
    told: list[tuple[datetime, datetime]] = []
    for since, until in sorted(zip(ends, beginnings, strict=False), key=itemgetter(1)):
        if told and since < told[-1][1]:
            before = told.pop()
            told.append((max(since, before[0]), max(until, before[1])))
        else:
            told.append((since, until))
    return tuple(told)
