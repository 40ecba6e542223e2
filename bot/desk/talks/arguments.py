"""What addresses and forms of the dialogs' pages bring, read with bounds."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from bot.desk.dispatch import Refused
from bot.desk.visit import Visit
from bot.takeover.leading import Representative
from storage.talk_lists import Listed

_MOST_DIGITS: Final = 15
_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


def number(text: str) -> int | None:
    """Read a number of ours; None when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def place(visit: Visit, name: str, otherwise: int = 0) -> int:
    """Read a place of the history from the address."""
    found = number(visit.query.get(name, ""))
    return otherwise if found is None else found


def key_of(visit: Visit) -> str:
    """Read the key of a deed, by which it is done once however often the page is sent."""
    key = visit.form.get("key", "")
    if not _KEY.fullmatch(key):
        raise Refused(400, "malformed")
    return key


def new_key() -> str:
    """Draw the key of a deed that a page offers."""
    return secrets.token_hex(12)


def by(visit: Visit) -> Representative:
    """Tell who acts, as citizens and colleagues see them."""
    return Representative(visit.staff.login, visit.staff.name)


def region_list(visit: Visit) -> tuple[str, ...] | None:
    """List the regions whose talks may be shown; None means all."""
    return None if visit.regions is None else tuple(sorted(visit.regions))


def day_began(visit: Visit) -> datetime:
    """Tell when today began where the insurer is."""
    here = visit.now.astimezone(visit.desk.zone)
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


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
