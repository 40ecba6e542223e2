"""Counting a span of time from the rows themselves: the truth of the statistics.

Figures are of a kind. ``heard``: messages of citizens, by hour of the day. ``called``: talks
asked for, by hour and how they wait; ``asked``: the same by topic. ``waited`` and ``replied``:
live talks by how long it took until a representative took them, and first wrote (together:
seconds). ``closed``: talks by outcome, ``scored`` by rating. ``begun`` and ``filed``: drafts by
form; ``dropped`` and ``silent``: drafts by form and the step at which they were given up, or
where they stand since. All others are facts of that kind, by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
)

from storage.figure_schema import fact, filling
from storage.schema import chat, message
from storage.talk_schema import BEGUN, CLAIMED, CLOSED, talk

BOUNDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 240, 1440)
"""Minutes by which waits are told apart: a wait has the name of the first that it keeps."""

LONGER: Final = "more"
_MINUTE: Final = 60
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a figure is of."""

    kind: str
    channel: str
    name: str = ""
    detail: str = ""


@dataclass(slots=True)
class Figure:
    """How many there are, and what they come to together."""

    count: int = 0
    total: int = 0

    def add(self, count: int, total: int = 0) -> None:
        """Add others to them."""
        self.count += count
        self.total += total


Figures: TypeAlias = dict[Key, Figure]
_Counted: TypeAlias = tuple[Key, int, int]


def _within(column: ColumnElement[Any]) -> ColumnElement[bool]:
    since, until = (bindparam(name, type_=column.type) for name in ("since", "until"))
    return and_(column >= since, column < until)


_CALLED = (
    select(chat.c.channel, talk.c.since, talk.c.kind, talk.c.topic)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(_within(talk.c.since))
)
_LIVE = talk.c.kind == literal_column("'live'")
_WAITED = (
    select(chat.c.channel, talk.c.since, talk.c.claimed_at)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(CLAIMED, _within(talk.c.claimed_at), _LIVE)
)
_REPLIED = (
    select(chat.c.channel, talk.c.since, talk.c.begun_at)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(BEGUN, _within(talk.c.begun_at), _LIVE)
)
_CLOSED = (
    select(chat.c.channel, talk.c.outcome, talk.c.rating)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(CLOSED, _within(talk.c.closed_at))
)
_BEGUN = (
    select(chat.c.channel, filling.c.form, func.count())
    .join(chat, chat.c.id == filling.c.chat_id)
    .where(_within(filling.c.begun_at))
    .group_by(chat.c.channel, filling.c.form)
)
_MOVED = (
    select(chat.c.channel, filling.c.form, filling.c.step, filling.c.ending, func.count())
    .join(chat, chat.c.id == filling.c.chat_id)
    .where(_within(filling.c.moved_at))
    .group_by(chat.c.channel, filling.c.form, filling.c.step, filling.c.ending)
)
_FACTS = (
    select(fact.c.channel, fact.c.kind, fact.c.name, func.count())
    .where(_within(fact.c.at))
    .group_by(fact.c.channel, fact.c.kind, fact.c.name)
)


@cache
def _heard(dialect: str) -> Select[Any]:
    """Count by whole hours since 1970; the zones of Russia differ by whole hours."""
    spelt = {
        "sqlite": "message.at / 3600000000",
        "postgresql": "CAST(floor(extract(epoch FROM message.at) / 3600) AS bigint)",
    }
    hour: ColumnElement[int] = literal_column(spelt[dialect], BigInteger)
    return (
        select(chat.c.channel, hour.label("hour"), func.count())
        .select_from(message)
        .join(chat, chat.c.id == message.c.chat_id)
        .where(_within(message.c.at), message.c.voice == literal_column("'citizen'"))
        .group_by(chat.c.channel, literal_column("hour"))
    )


def count(connection: Connection, since: datetime, until: datetime, zone: ZoneInfo) -> Figures:
    """Count what happened from ``since`` until before ``until``; hours are those of the zone."""
    figures: Figures = {}
    span = {"since": since, "until": until}
    for key, number, total in _all(connection, span, zone):
        figures.setdefault(key, Figure()).add(number, total)
    return figures


def _all(connection: Connection, span: dict[str, datetime], zone: ZoneInfo) -> Iterator[_Counted]:
    for channel, hour, number in connection.execute(_heard(connection.dialect.name), span):
        begun = _EPOCH + timedelta(hours=hour)
        yield Key("heard", channel, _hour(begun, zone)), number, 0
    for channel, at, kind, topic in connection.execute(_CALLED, span):
        yield Key("called", channel, _hour(at, zone), kind), 1, 0
        yield Key("asked", channel, topic), 1, 0
    for kind, query in (("waited", _WAITED), ("replied", _REPLIED)):
        for channel, asked, at in connection.execute(query, span):
            seconds = max(0, round((at - asked).total_seconds()))
            yield Key(kind, channel, bound(seconds)), 1, seconds
    for channel, outcome, rating in connection.execute(_CLOSED, span):
        yield Key("closed", channel, outcome), 1, 0
        if rating is not None:
            yield Key("scored", channel, str(rating)), 1, rating
    for channel, form, number in connection.execute(_BEGUN, span):
        yield Key("begun", channel, form), number, 0
    for channel, form, step, ending, number in connection.execute(_MOVED, span):
        yield Key(ending or "silent", channel, form, step), number, 0
    for channel, kind, name, number in connection.execute(_FACTS, span):
        yield Key(kind, channel, name), number, 0


def bound(seconds: int) -> str:
    """Find the name of a wait: the minutes that it keeps."""
    kept = (minutes for minutes in BOUNDS if seconds <= minutes * _MINUTE)
    return next((f"{minutes:04}" for minutes in kept), LONGER)


def _hour(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H}"
