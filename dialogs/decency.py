"""When one writes to people unasked: between 9:00 and 20:00 where they are. The only place."""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from dialogs.session import Session
from dialogs.world import World

_MORNING = time(9)
_EVENING = time(20)
USUAL = time(10)
"""The hour of what is only about a day."""

AFTER_HOURS = time(18)
"""A promise for a day is kept by the end of the day's work."""


def zone_of(session: Session, world: World) -> tzinfo | None:
    """Return the person's zone: as they named it, else the organisation's."""
    return _zone(session.zone) if session.zone else world.now.tzinfo


def here(session: Session, world: World) -> datetime:
    """Tell what time it is where the person is."""
    return world.now.astimezone(zone_of(session, world))


def day_there(session: Session, world: World) -> date:
    """Tell which day it is where the person is."""
    return here(session, world).date()


def decent(moment: datetime) -> datetime:
    """Move a moment of the person's zone into the hours in which one writes to people."""
    if moment.time() < _MORNING:
        return _at_morning(moment)
    if moment.time() >= _EVENING:
        return _at_morning(moment + timedelta(days=1))
    return moment


def on(day: date, session: Session, world: World, hour: time = USUAL) -> datetime:
    """Find the decent moment of a day, counted in the person's zone."""
    return decent(datetime.combine(day, hour, zone_of(session, world)))


def when(moment: datetime, session: Session, world: World) -> datetime:
    """Find the first decent moment that is not before another."""
    return decent(moment.astimezone(zone_of(session, world)))


def _at_morning(moment: datetime) -> datetime:
    return moment.replace(hour=_MORNING.hour, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
