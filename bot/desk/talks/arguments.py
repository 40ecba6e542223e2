"""What addresses and forms of the dialogs' pages bring, read with bounds."""

from datetime import datetime, timedelta

from bot.desk.dispatch import Refused
from bot.desk.reading import number
from bot.desk.visit import Visit
from bot.takeover.leading import Representative
from storage.talk_lists import Listed


def place(visit: Visit, name: str, otherwise: int = 0) -> int:
    """Read a place of the history from the address."""
    found = number(visit.query.get(name, ""))
    return otherwise if found is None else found


def by(visit: Visit) -> Representative:
    """Tell who acts, as citizens and colleagues see them."""
    return Representative(visit.staff.login, visit.staff.name)


async def talk_of(visit: Visit) -> Listed:
    """Find the talk that an address is about."""
    this = number(visit.at["talk"])
    async with visit.desk.store.look() as look:
        found = await look.talk(this) if this is not None else None
    if found is None:
        raise Refused(404, "missing")
    return found


async def region_of(visit: Visit) -> str | None:
    """Find in which region the citizen of a talk lives."""
    this = number(visit.at["talk"])
    async with visit.desk.store.look() as look:
        found = await look.talk(this) if this is not None else None
    return found.talk.region if found else None


def moment(visit: Visit, text: str) -> datetime | None:
    """Read «until when»: minutes from now, «tomorrow», or a day and time of the insurer's zone."""
    minutes = number(text)
    if minutes is not None:
        return visit.now + timedelta(minutes=minutes)
    here = visit.now.astimezone(visit.desk.zone)
    if text == "tomorrow":
        morning = here.replace(hour=9, minute=0, second=0, microsecond=0)
        return morning + timedelta(days=1)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=visit.desk.zone)
    except ValueError:
        return None
