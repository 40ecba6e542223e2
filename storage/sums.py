"""Sums of days: what `storage.counting` found of each day that is over, kept for good."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, literal_column, select

from storage.counting import Figure, Figures, Key
from storage.figure_schema import day_sum, fact, filling
from storage.schema import message
from storage.statements import insert_absent
from storage.talk_schema import talk

COUNTED = "day"
"""The kind of the mark that a day has been summed up, even if nothing happened on it."""

_SPAN = (
    day_sum.c.day >= bindparam("first", type_=day_sum.c.day.type),
    day_sum.c.day <= bindparam("last", type_=day_sum.c.day.type),
    day_sum.c.kind != literal_column(f"'{COUNTED}'"),
)
_SUMS = func.sum(day_sum.c.count), func.sum(day_sum.c.total)
_KEY = (day_sum.c.kind, day_sum.c.channel, day_sum.c.name, day_sum.c.detail)
_READ = select(*_KEY, *_SUMS).where(*_SPAN).group_by(*_KEY)
_BY_DAY = (
    select(day_sum.c.day, day_sum.c.kind, day_sum.c.channel, func.sum(day_sum.c.count))
    .where(day_sum.c.kind.in_(bindparam("kinds", expanding=True)), *_SPAN[:2])
    .group_by(day_sum.c.day, day_sum.c.kind, day_sum.c.channel)
)
_LAST = select(func.max(day_sum.c.day))
_EARLIEST = tuple(
    select(func.min(moment))
    for moment in (message.c.at, talk.c.since, fact.c.at, filling.c.begun_at)
)


def keep(connection: Connection, day: date, figures: Figures) -> None:
    """Keep the sums of a day; another process may have kept the same already."""
    marked = {Key(COUNTED, ""): Figure(), **figures}
    rows = [
        {
            "kind": key.kind,
            "day": day,
            "channel": key.channel,
            "name": key.name,
            "detail": key.detail,
            "count": figure.count,
            "total": figure.total,
        }
        for key, figure in sorted(marked.items())
    ]
    connection.execute(insert_absent(connection, day_sum), rows)


def last(connection: Connection) -> date | None:
    """Find the last day that was summed up."""
    day: date | None = connection.execute(_LAST).scalar_one_or_none()
    return day


def earliest(connection: Connection) -> datetime | None:
    """Find when the first of what is still kept happened."""
    found = [connection.execute(query).scalar_one_or_none() for query in _EARLIEST]
    return min((at for at in found if at), default=None)


def read(connection: Connection, first: date, until: date) -> Figures:
    """Add up the days from the first to the last one, both included."""
    found = connection.execute(_READ, {"first": first, "last": until})
    return {Key(*row[:4]): Figure(int(row[4]), int(row[5])) for row in found}


def by_day(
    connection: Connection, kinds: Iterable[str], first: date, until: date
) -> dict[tuple[date, Key], int]:
    """Count kinds by day and channel, from the first day to the last one, both included."""
    wanted = sorted(kinds)
    if not wanted:
        return {}
    found = connection.execute(_BY_DAY, {"kinds": wanted, "first": first, "last": until})
    return {(day, Key(kind, channel)): int(count) for day, kind, channel, count in found}
