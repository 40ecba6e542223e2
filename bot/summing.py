"""Summing up days that are over, so that a year of them is read as quickly as a day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from storage.counting import Figure, Figures, Key
from storage.db import Store

_DAY: Final = timedelta(days=1)
_SETTLED: Final = 3  # days: letters that a messenger held back have come, a silent draft is silent
_AT_ONCE: Final = 20  # days of one tick: a year of history takes a few minutes, and nobody waits

ByDay: TypeAlias = dict[tuple[date, Key], int]

SUMMED_AFTER: Final = timedelta(days=2 * _SETTLED)
"""What is summed up has to be kept so long at least."""


async def sum_up(store: Store, zone: ZoneInfo, now: datetime) -> None:
    """Keep the sums of the days in a zone that are over and settled, the oldest first."""
    newest = now.astimezone(zone).date() - _DAY * _SETTLED
    async with store.look() as look:
        day = await look.last_summed()
        if day is None:
            first = await look.earliest()
            day = (first or now).astimezone(zone).date() - _DAY
    for _ in range(_AT_ONCE):
        day += _DAY
        if day > newest:
            return
        async with store.look() as look:
            figures = await look.count(*span(day, day, zone), zone)
        async with store.work() as work:
            await work.keep_sums(day, figures)


async def figures(store: Store, zone: ZoneInfo, first: date, last: date) -> Figures:
    """Add up days, both ends included; see `figures_by_day`."""
    return (await figures_by_day(store, zone, (), first, last))[0]


async def figures_by_day(
    store: Store, zone: ZoneInfo, kinds: Collection[str], first: date, last: date
) -> tuple[Figures, ByDay]:
    """Add up days, both ends included: old ones from their sums, later ones from the rows.

    Counts some ``kinds`` by day and channel as well. Drafts that stand still in a day that is
    not summed up yet may go on: they are ``going``.
    """
    async with store.look() as look:
        summed = await look.last_summed()
        found = await look.sums(first, last)
        days = dict(await look.sums_by_day(kinds, first, last))
        day = max(first, summed + _DAY) if summed else first
        while day <= last:
            for key, figure in (await look.count(*span(day, day, zone), zone)).items():
                kind = "going" if key.kind == "silent" else key.kind
                named = replace(key, kind=kind)
                found.setdefault(named, Figure()).add(figure.count, figure.total)
                if kind in kinds:
                    place = day, Key(kind, key.channel)
                    days[place] = days.get(place, 0) + figure.count
            day += _DAY
    return found, days


def span(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Tell when the first day begins and when the last one is over."""
    return _midnight(first, zone), _midnight(last + _DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
