"""What there is to see of a notice: how it goes, and how real people would see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.notices.planning import Planning
from bot.notices.reckoning import all_sent_at
from bot.notices.stages import Standing
from dialogs.message import Message
from dialogs.notices.placeholders import fill
from dialogs.notices.states import OPEN_ROWS, Row, State
from storage.db import Store
from storage.notices import Notice, NoticeMove

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How a notice goes, all of it counted from the rows of its recipients.

    ``settled`` ones have come to their end, ``left`` ones are still to be sent to; ``percent``
    is of those settled, rounded down. ``errors`` are the states that are no success, each with its
    reason and how many people it has met, the most frequent first. ``ends_at`` is when the last
    one will have got it at the full pace, by day only; None once nothing is left, or while nothing
    goes. ``interruptions`` are pairs of moments: when a process died in the middle of it, and when
    another went on.
    """

    state: State
    because: str
    stage: str
    total: int
    settled: int
    percent: int
    left: int
    by_state: Mapping[Row, int]
    by_channel: Mapping[str, int]
    errors: Sequence[tuple[Row, str, int]]
    ends_at: datetime | None
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

    async def progress(self, number: int, now: datetime) -> Progress:
        """Tell how a notice goes; raises KeyError when there is none."""
        async with self._store.look() as look:
            one = await look.notice(number)
            standing = Standing(await look.notice_counts(number))
            moves = await look.notice_moves(number)
        if one is None:
            raise KeyError(number)
        total, left = standing.people(), standing.open
        settled = total - left - standing.people("handed")
        return Progress(
            one.state,
            one.because,
            one.stage,
            total,
            settled,
            settled * _WHOLE // total if total else 0,
            left,
            standing.by_state(),
            standing.by_channel(),
            standing.errors(),
            self._ends_at(one, standing, now),
            _interruptions(moves),
        )

    def _ends_at(self, one: Notice, standing: Standing, now: datetime) -> datetime | None:
        if one.state != "sending" or not standing.open:
            return None
        left = standing.by_channel(*OPEN_ROWS)
        return all_sent_at(now, left, self._paces, self._planning.organisation.zone)

    async def samples(self, number: int, now: datetime, limit: int = 4) -> list[Sample]:
        """Word a notice for a few real recipients, with their names covered."""
        async with self._store.look() as look:
            one = await look.notice(number)
            if one is None:
                raise KeyError(number)
            found = await look.sample_recipients(self._planning.plan(one, now), limit)
            chats = await look.chats_by_id([chat_id for _, chat_id in found])
            names = await look.names_of_persons([person for person, _ in found])
        samples = []
        for person, chat_id in found:
            channel, language = chats[chat_id]
            spoken, _ = one.content.wording(language)
            said = self._planning.message(number, one.content, spoken, now)
            text = fill(said.text, {"name": covered(names.get(-person, ""))})
            samples.append(Sample(channel, spoken, replace(said, text=text)))
        return samples


def covered(name: str) -> str:
    """Cover a name but for the first letters of its words: «А••• П•••»."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def _interruptions(moves: Sequence[NoticeMove]) -> tuple[tuple[datetime, datetime], ...]:
    """Pair each end of a process with the moment when another went on."""
    ends = [one.at for one in moves if one.deed == "interrupt"]
    beginnings = [one.at for one in moves if one.deed == "go_on"]
    return tuple(zip(ends, beginnings, strict=False))
