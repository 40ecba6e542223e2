"""In which zones people may be written to now; the hours are those of `dialogs.decency`."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from dialogs.decency import decent
from dialogs.zones import KNOWN

Awake: TypeAlias = Callable[[datetime], Sequence[str]]
"""Lists the zones where it is day; "" is that of people who have named none."""

_EVERY: Final = ("", *sorted(KNOWN))


def daytime(home: tzinfo) -> Awake:
    """Make the question for an organisation of a zone."""
    zones = {"": home, **{name: ZoneInfo(name) for name in sorted(KNOWN)}}

    def awake(now: datetime) -> Sequence[str]:
        return [name for name, zone in zones.items() if _is_day(now.astimezone(zone))]

    return awake


def _is_day(here: datetime) -> bool:
    return decent(here) == here


def anywhere(_now: datetime) -> Sequence[str]:
    """Let everybody be written to, whatever the hour."""
    return _EVERY
