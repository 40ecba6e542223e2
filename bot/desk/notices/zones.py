"""In which zone the moments of a notice are typed and told: one of Russia's, ours unless chosen."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.rendering import Times
from bot.desk.visit import Visit
from dialogs.notices.content import Content
from dialogs.zones import KNOWN, ZONES

_NAMES = {zone: name for name, zone in ZONES.items()}


def zone_of(visit: Visit, content: Content) -> ZoneInfo:
    """Return the zone of a notice; the organisation's where it names none that we know."""
    return ZoneInfo(content.zone) if content.zone in KNOWN else visit.desk.zone


def chosen(visit: Visit, typed: str, before: str) -> str:
    """Read which zone is meant; what is none of the offered leaves it as it was."""
    return typed if typed in {one for one, _ in options(visit, before)} else before


def options(visit: Visit, current: str) -> Sequence[tuple[str, str]]:
    """Offer the zones of Russia from west to east, with ours and the notice's own among them."""
    known = {str(visit.desk.zone), current, *ZONES.values()} - {""}
    eastwards = sorted(
        known, key=lambda one: (visit.now.astimezone(ZoneInfo(one)).utcoffset(), one)
    )
    return [(one, named(visit, one)) for one in eastwards]


def named(visit: Visit, zone: str) -> str:
    """Name a zone by its city and its distance from Greenwich."""
    name = _NAMES.get(zone)
    city = visit.words(f"zone.{name}") if name else zone.rpartition("/")[2].replace("_", " ")
    away = visit.now.astimezone(ZoneInfo(zone)).strftime("%z")
    hours = f"{away[0]}{int(away[1:3])}".replace("-", "−")
    return visit.words("desk.notice.zone.named", city=city, hours=hours)


def told(visit: Visit, content: Content) -> Callable[[datetime], str]:
    """Write moments in the zone of the notice, and in the reader's if that is another."""
    zone = zone_of(visit, content)
    there = Times(visit.words.language, zone, visit.now)
    here = Times(visit.words.language, visit.desk.zone, visit.now)

    def when(moment: datetime) -> str:
        said = f"{there(moment)}, {named(visit, str(zone))}"
        if there(moment) == here(moment):
            return said
        return f"{said}; {visit.words('desk.notice.zone.here', moment=here(moment))}"

    return when
