"""Sums of days and of months: what `storage.counting` found of those that are over, for good."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select

from storage.counting import Figure, Figures, Key
from storage.figure_schema import day_sum, fact, filling, month_sum
from storage.schema import message
from storage.statements import insert_absent
from storage.talk_schema import talk

COUNTED = "day"
"""The kind of the mark that a day has been summed up, even if nothing happened on it.

A month that has been summed up has it, too.
"""

_DAY = timedelta(days=1)

_SPAN = (
    day_sum.c.day >= bindparam("first", type_=day_sum.c.day.type),
    day_sum.c.day <= bindparam("last", type_=day_sum.c.day.type),
    day_sum.c.kind != literal_column(f"'{COUNTED}'"),
)
_SUMS = func.sum(day_sum.c.count), func.sum(day_sum.c.total)
_KEY = (day_sum.c.kind, day_sum.c.channel, day_sum.c.name, day_sum.c.detail)
_READ = select(*_KEY, *_SUMS).where(*_SPAN).group_by(*_KEY)
_OF_MONTH = (
    select(bindparam("month", type_=month_sum.c.month.type), *_KEY, *_SUMS)
    .where(*_SPAN[:2])
    .group_by(*_KEY)
)
_IN_MONTHS = month_sum.c.month.in_(bindparam("months", expanding=True))
_WHOLE = select(month_sum.c.month).where(
    _IN_MONTHS, month_sum.c.kind == literal_column(f"'{COUNTED}'")
)
_MONTH_KEY = (month_sum.c.kind, month_sum.c.channel, month_sum.c.name, month_sum.c.detail)
_READ_MONTHS = (
    select(*_MONTH_KEY, func.sum(month_sum.c.count), func.sum(month_sum.c.total))
    .where(_IN_MONTHS, month_sum.c.kind != literal_column(f"'{COUNTED}'"))
    .group_by(*_MONTH_KEY)
)
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
    if (day + _DAY).day == 1:
        _keep_month(connection, day.replace(day=1), day)


def _keep_month(connection: Connection, month: date, last_day: date) -> None:
    """Keep the sum of a month whose last day has just been summed up."""
    found = connection.execute(_OF_MONTH, {"month": month, "first": month, "last": last_day})
    rows = [dict(zip(month_sum.c.keys(), row, strict=True)) for row in found]
    connection.execute(insert_absent(connection, month_sum), rows)


def last(connection: Connection) -> date | None:
    """Find the last day that was summed up."""
    day: date | None = connection.execute(_LAST).scalar_one_or_none()
    return day


def earliest(connection: Connection) -> datetime | None:
    """Find when the first of what is still kept happened."""
    found = [connection.execute(query).scalar_one_or_none() for query in _EARLIEST]
    return min((at for at in found if at), default=None)


def read(connection: Connection, first: date, until: date) -> Figures:
    """Add up the days from the first to the last one, both included: by months where they are."""
    months = list(_months(first, until))
    whole = set(connection.execute(_WHOLE, {"months": months}).scalars()) if months else set()
    added: Figures = {}
    if whole:
        _add(added, connection.execute(_READ_MONTHS, {"months": sorted(whole)}))
    for begun, ended in _rest(first, until, whole):
        _add(added, connection.execute(_READ, {"first": begun, "last": ended}))
    return added


def _add(added: Figures, found: Iterable[Any]) -> None:
    for row in found:
        added.setdefault(Key(*row[:4]), Figure()).add(int(row[4]), int(row[5]))


def _months(first: date, until: date) -> Iterator[date]:
    """List the first days of the months that lie in a span as a whole."""
    month = first if first.day == 1 else _following(first)
    while _following(month) - _DAY <= until:
        yield month
        month = _following(month)


def _rest(first: date, until: date, whole: Collection[date]) -> Iterator[tuple[date, date]]:
    """List the spans of days before, between and after months that are read as a whole."""
    for month in sorted(whole):
        if first < month:
            yield first, month - _DAY
        first = _following(month)
    if first <= until:
        yield first, until


def _following(day: date) -> date:
    """Tell when the month after that of a day begins."""
    return (day.replace(day=1) + 31 * _DAY).replace(day=1)


def by_day(
    connection: Connection, kinds: Iterable[str], first: date, until: date
) -> dict[tuple[date, Key], int]:
    """Count kinds by day and channel, from the first day to the last one, both included."""
    wanted = sorted(kinds)
    if not wanted:
        return {}
    found = connection.execute(_BY_DAY, {"kinds": wanted, "first": first, "last": until})
    return {(day, Key(kind, channel)): int(count) for day, kind, channel, count in found}
