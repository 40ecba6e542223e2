"""What addresses and forms of the desk bring, read with bounds."""

import re
import secrets
from datetime import datetime
from typing import Final

from bot.desk.dispatch import Refused
from bot.desk.visit import Visit

_MOST_DIGITS: Final = 15
_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


def number(text: str) -> int | None:
    """Read a number of ours; None when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def signed(text: str) -> int | None:
    """Read a number of ours that may be below zero, as those of insured people are."""
    found = number(text.removeprefix("-"))
    return -found if found is not None and text.startswith("-") else found


def key_of(visit: Visit) -> str:
    """Read the key of a deed, by which it is done once however often the page is sent."""
    key = visit.form.get("key", "")
    if not _KEY.fullmatch(key):
        raise Refused(400, "malformed")
    return key


def new_key() -> str:
    """Draw the key of a deed that a page offers."""
    return secrets.token_hex(12)


def region_list(visit: Visit) -> tuple[str, ...] | None:
    """List the regions of whose people the staff may see something; None means all."""
    return None if visit.regions is None else tuple(sorted(visit.regions))


def day_began(visit: Visit) -> datetime:
    """Tell when today began where the insurer is."""
    here = visit.now.astimezone(visit.desk.zone)
    return here.replace(hour=0, minute=0, second=0, microsecond=0)
