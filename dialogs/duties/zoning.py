"""Where the person lives, as far as it tells what time it is there."""

from dataclasses import replace

from dialogs import decency
from dialogs.duties.meanings import InZone, ToDeadlines, ToZones
from dialogs.effects import Say
from dialogs.meanings import Cancel, ToMenu
from dialogs.regions import region_of
from dialogs.session import Inquiry, Session
from dialogs.turn import Turn, button, say
from dialogs.world import World
from dialogs.zones import ZONES, zone_of_region

_PAGE = 6
_LAST_PAGE = -(-len(ZONES) // _PAGE)


def begin(session: Session, world: World, page: int = 1) -> Turn:
    """Ask in which zone the person lives."""
    asked = replace(session, inquiry=Inquiry(is_zone=True))
    return Turn(asked, (question(asked, world, page),))


def question(session: Session, world: World, page: int = 1) -> Say:
    """Ask for the zone: a city in words, or one of a page of zones."""
    words = world.words[session.language]
    page = page if 1 <= page <= _LAST_PAGE else 1
    names = list(ZONES)[(page - 1) * _PAGE : page * _PAGE]
    zones = [button(InZone(ZONES[name]), words(f"zone.{name}")) for name in names]
    more = button(ToZones(page % _LAST_PAGE + 1), words("button.more"))
    cancel = button(Cancel(), words("button.cancel"))
    now = f"{decency.here(session, world):%H:%M}"
    return say(words, "duty.ask.zone", *zones, more, cancel, time=now)


def answer(session: Session, text: str, world: World) -> Turn | None:
    """Understand a city or region; None when the words name none."""
    region = _region(text, world)
    return choose(session, zone_of_region(region), world) if region else None


def choose(session: Session, zone: str, world: World) -> Turn:
    """Take the zone; reminders move with it."""
    words = world.words[session.language]
    there = replace(session, zone=zone, inquiry=None)
    now = f"{decency.here(there, world):%H:%M}"
    ways = (
        button(ToDeadlines(), words("button.deadlines")),
        button(ToMenu(), words("button.menu")),
    )
    return Turn(there, (say(words, "duty.zone_is", *ways, time=now),))


def noticed(session: Session, text: str, world: World) -> Session:
    """Learn the zone from a place that was named in passing: «переехали в Пермь»."""
    region = _region(text, world)
    return replace(session, zone=zone_of_region(region)) if region else session


def told_in_form(session: Session) -> Session:
    """Learn the zone from the address in an application, unless it is known."""
    address = session.draft.answers.get("address") if session.draft else None
    region = address.get("region") if isinstance(address, dict) else None
    if session.zone or not isinstance(region, str) or not region:
        return session
    return replace(session, zone=zone_of_region(region))


def _region(text: str, world: World) -> str:
    found = (region_of(text, words.options("field.regions")) for words in world.words.values())
    return next(filter(None, found), "")
