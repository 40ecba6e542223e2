"""What addresses of notices bring, who may see which, and how numbers of people are written."""

from hashlib import sha256

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import key_of, number
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.notices.notices import Author
from bot.notices.refusals import AudienceMoved, NeedsApproval, NotAllowed, NotCounted, SameAuthor
from dialogs.notices.content import Results
from storage.notices import Notice

_THIN = "\u202f"


async def notice_of(visit: Visit) -> Notice:
    """Find the notice that an address is about; of a foreign one not even its existence is told."""
    this = number(visit.at["notice"])
    async with visit.desk.store.look() as look:
        found = await look.notice(this) if this is not None else None
    if found is None or not await may_see(visit, found):
        raise TurnedAway(404, "missing")
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


def revision_of(visit: Visit) -> int:
    """Read the revision that a form began with; where it says none, one that no notice has."""
    return number(visit.form.get("revision", "")) or 0


def why(visit: Visit, refused: Refused) -> str:
    """Say why a deed was refused, where nothing was typed that could be lost."""
    match refused:
        case AudienceMoved(was=was, now=now):
            key = "desk.notice.refused.moved"
            return visit.words(key, was=grouped(was), now=grouped(now))
        case SameAuthor():
            return visit.words("desk.notice.refused.same_author")
        case NeedsApproval():
            return visit.words("desk.notice.refused.needs_approval")
        case NotCounted():
            return visit.words("desk.notice.count.busy")
        case NotAllowed():
            return visit.words("desk.notice.refused.not_allowed")
    return visit.words("desk.notice.refused.overtaken")


async def written(visit: Visit, this: int, what: str) -> None:
    """Look for faults in what has just been written, and let the journal tell of it."""
    await visit.desk.assistant.notices.check(this, by(visit))
    async with visit.desk.store.work() as work:
        await visit.journal(work, "notice_written", f"notice:{this}", what)


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
