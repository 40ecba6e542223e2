"""What there is to see of a notice: how it goes, and how real people would see it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.notices.planning import Planning
from bot.notices.reckoning import all_sent_at
from bot.notices.stages import Standing
from dialogs.message import Message
from dialogs.notices.placeholders import fill
from dialogs.notices.states import OPEN_ROWS, State
from storage.db import Store
from storage.notices import NoticeMove


@dataclass(frozen=True, slots=True)
class Progress:
    """How a notice goes, all of it counted from the rows of its recipients.

    ``errors`` are by reason. ``ends_at`` is when the last one will have got it at the full pace,
    by day only; None once nothing is left. ``interruptions`` are pairs of moments: when a process
    died in the middle of it, and when another went on.
    """

    state: State
    because: str
    stage: str
    total: int
    by_state: dict[str, int]
    by_channel: dict[str, int]
    errors: dict[str, int]
    left: int
    ends_at: datetime | None
    interruptions: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A notice as one real recipient would see it; nobody's name is shown whole."""

    channel: str
    language: str
    message: Message


class Showing:
    """Looks at notices; writes nothing."""

    def __init__(self, store: Store, planning: Planning, paces: dict[str, float]) -> None:
        self._store = store
        self._planning = planning
        self._paces = paces

    async def progress(self, number: int, now: datetime) -> Progress:
        """Tell how a notice goes; raises KeyError when there is none."""
        async with self._store.look() as look:
            one = await look.notice(number)
            counts = await look.notice_counts(number)
            moves = await look.notice_moves(number)
        if one is None:
            raise KeyError(number)
        by_state: dict[str, int] = {}
        left_by: dict[str, int] = {}
        by_channel: dict[str, int] = {}
        errors: dict[str, int] = {}
        for each in counts:
            by_state[each.state] = by_state.get(each.state, 0) + each.people
            by_channel[each.channel] = by_channel.get(each.channel, 0) + each.people
            if each.state in OPEN_ROWS:
                left_by[each.channel] = left_by.get(each.channel, 0) + each.people
            elif each.reason:
                errors[each.reason] = errors.get(each.reason, 0) + each.people
        standing = Standing(counts)
        zone = self._planning.organisation.zone
        ends_at = all_sent_at(now, left_by, self._paces, zone) if standing.open else None
        return Progress(
            one.state,
            one.because,
            one.stage,
            standing.people(),
            by_state,
            by_channel,
            errors,
            standing.open,
            ends_at,
            _interruptions(moves),
        )

    async def samples(self, number: int, now: datetime, limit: int = 4) -> list[Sample]:
        """Word a notice for a few real recipients, with their names covered."""
        async with self._store.look() as look:
            one = await look.notice(number)
            if one is None:
                raise KeyError(number)
            found = await look.sample_recipients(self._planning.plan(one, now), limit)
            chats = await look.chats_by_id([chat_id for _, chat_id in found])
        samples = []
        for person, chat_id in found:
            channel, language = chats[chat_id]
            spoken, _ = one.content.wording(language)
            said = self._planning.message(number, one.content, spoken, now)
            name = "А… П…" if person < 0 else ""
            text = fill(said.text, {"name": name})
            samples.append(Sample(channel, spoken, replace(said, text=text)))
        return samples


def _interruptions(moves: list[NoticeMove]) -> tuple[tuple[datetime, datetime], ...]:
    """Pair each end of a process with the moment when another went on."""
    ends = [one.at for one in moves if one.deed == "interrupt"]
    beginnings = [one.at for one in moves if one.deed == "go_on"]
    return tuple(zip(ends, beginnings, strict=False))
