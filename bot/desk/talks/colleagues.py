"""Who else could lead a dialog."""

from bot.desk.permissions import may, sees
from bot.desk.visit import Visit
from storage.staff import Staff
from storage.talks import Talk

_PAGE = 200


async def colleagues(visit: Visit, talk: Talk) -> list[Staff]:
    """List the colleagues who may lead a talk of its region, in the order of their names."""
    found: list[Staff] = []
    after = ""
    async with visit.desk.store.look() as look:
        while True:
            page = await look.staff_page(after, _PAGE)
            found += [one for one in page if _could(one, talk) and one.id != visit.staff.id]
            if len(page) < _PAGE:
                return sorted(found, key=lambda one: one.name)
            after = page[-1].login


def _could(one: Staff, talk: Talk) -> bool:
    is_there = not one.is_disabled and not one.must_renew
    return is_there and may(one, "dialog.lead") and sees(one, talk.region)
