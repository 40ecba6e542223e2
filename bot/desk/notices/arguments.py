"""What addresses of notices bring, who may see which, and how numbers of people are written."""

from hashlib import sha256

from bot.desk.dispatch import Refused
from bot.desk.reading import key_of, number
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


def press_of(visit: Visit) -> str:
    """Tell one press of a button that begins a notice from another, by its page's key.

    Whoever goes back to a form and writes something else into it has pressed another time: what
    they wrote is kept beside the first, and not lost.
    """
    told = sorted((name, text) for name, text in visit.form.items() if name != "csrf")
    return sha256(repr((visit.request.path, key_of(visit), told)).encode()).hexdigest()


async def begun(visit: Visit, press: str) -> int | None:
    """Find the notice that this very press has begun before."""
    async with visit.desk.store.look() as look:
        return await look.begun_notice(visit.staff.login, press)


def by(visit: Visit) -> Author:
    """Tell who acts."""
    return Author(visit.staff.login, visit.staff.name)


def grouped(many: int) -> str:
    """Write a number as people read it: «3 418»."""
    return f"{many:,}".replace(",", _THIN)
