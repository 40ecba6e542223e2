"""What addresses of notices bring, who may see which, and how numbers of people are written."""

from bot.desk.dispatch import Refused
from bot.desk.reading import number
from bot.desk.visit import Visit
from bot.notices.notices import Author
from dialogs.notices.content import Results
from storage.notices import Notice

_THIN = "\u202f"


async def notice_of(visit: Visit) -> Notice:
    """Find the notice that an address is about; of a foreign one not even its existence is told."""
    this = number(visit.at["notice"])
    async with visit.desk.store.look() as look:
        found = await look.notice(this) if this is not None else None
    if found is None or not await may_see(visit, found):
        raise Refused(404, "missing")
    return found


async def may_see(visit: Visit, one: Notice) -> bool:
    """Tell whether everybody whom a notice is for lives where the visitor may look.

    Fails closed: an audience without regions is everybody's, so who is limited does not see it.
    Those left from another notice live where its people do.
    """
    if visit.regions is None:
        return True
    audience, known = one.content.audience, one.id
    while isinstance(audience, Results):
        if audience.notice >= known:
            return False
        known = audience.notice
        async with visit.desk.store.look() as look:
            earlier = await look.notice(known)
        if earlier is None:
            return False
        audience = earlier.content.audience
    return bool(audience.regions) and all(visit.sees(region) for region in audience.regions)


def by(visit: Visit) -> Author:
    """Tell who acts."""
    return Author(visit.staff.login, visit.staff.name)


def grouped(many: int) -> str:
    """Write a number as people read it: «3 418»."""
    return f"{many:,}".replace(",", _THIN)
