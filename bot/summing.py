"""Summing up days that are over, so that a year of them is read as quickly as a day."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from storage.counting import Figure, Figures, Key
from storage.db import Store

_DAY: Final = timedelta(days=1)
_SETTLED: Final = 3  # days: letters that a messenger held back have come, a silent draft is silent
_AT_ONCE: Final = 20  # days of one tick: a year of history takes a few minutes, and nobody waits

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
    """Add up days, both ends included: those summed up from their sums, later ones from the rows.

    Drafts that stand still in a day not summed up yet may go on: they are ``going``.
    """
    async with store.look() as look:
        summed = await look.last_summed()
        found = await look.sums(first, last)
        fresh = max(first, summed + _DAY) if summed else first
        if fresh > last:
            return found
        for key, figure in (await look.count(*span(fresh, last, zone), zone)).items():
            kind = "going" if key.kind == "silent" else key.kind
            named = Key(kind, key.channel, key.name, key.detail)
            found.setdefault(named, Figure()).add(figure.count, figure.total)
    return found


async def figures_by_day(
    store: Store, zone: ZoneInfo, kinds: Collection[str], first: date, last: date
) -> Mapping[tuple[date, Key], int]:
    """Count kinds by day and channel, both ends included, from sums and rows alike."""
    async with store.look() as look:
        summed = await look.last_summed()
        found = dict(await look.sums_by_day(kinds, first, last))
        day = max(first, summed + _DAY) if summed else first
        while day <= last:
            for key, figure in (await look.count(*span(day, day, zone), zone)).items():
                if key.kind in kinds:
                    named = day, Key(key.kind, key.channel)
                    found[named] = found.get(named, 0) + figure.count
            day += _DAY
    return found


def span(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Tell when the first day begins and when the last one is over."""
    return _midnight(first, zone), _midnight(last + _DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
