"""When the last one will have got a notice, at the pace of each messenger and by day only; pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from dialogs.decency import decent

_EVENING = time(20)

USUAL_PACES: Final = {"telegram": 30.0, "whatsapp": 80.0, "max": 30.0}
"""Messages a second, as the messengers have published; those at work here say their own."""


def all_sent_at(
    start: datetime, by_channel: Mapping[str, int], paces: Mapping[str, float], zone: tzinfo
) -> datetime:
    """Tell when the slowest channel is through; one without a known pace takes no time."""
    seconds = max(
        (people / paces[name] for name, people in by_channel.items() if name in paces), default=0.0
    )
    return by_day(start, timedelta(seconds=seconds), zone)


def by_day(start: datetime, work: timedelta, zone: tzinfo) -> datetime:
    """Add up the hours in which one writes to people until so much work is done."""
    moment = decent(start.astimezone(zone))
    while moment + work > (evening := datetime.combine(moment.date(), _EVENING, zone)):
        work -= evening - moment
        moment = decent(evening)
    return (moment + work).astimezone(start.tzinfo)
