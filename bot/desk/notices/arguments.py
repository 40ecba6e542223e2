"""What addresses of notices bring, and how numbers of people are written."""

from bot.desk.dispatch import Refused
from bot.desk.reading import number
from bot.desk.visit import Visit
from bot.notices.notices import Author
from storage.notices import Notice

_THIN = "\u202f"


async def notice_of(visit: Visit) -> Notice:
    """Find the notice that an address is about."""
    this = number(visit.at["notice"])
    async with visit.desk.store.look() as look:
        found = await look.notice(this) if this is not None else None
    if found is None:
        raise Refused(404, "missing")
    return found


def by(visit: Visit) -> Author:
    """Tell who acts."""
    return Author(visit.staff.login, visit.staff.name)


def grouped(many: int) -> str:
    """Write a number as people read it: «3 418»."""
    return f"{many:,}".replace(",", _THIN)
