"""What addresses of the applications' pages bring, read with bounds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.desk.dispatch import Refused
from bot.desk.visit import Visit
from storage.application_lists import Entry
from storage.applications import Moving, Paper

_NUMBER: Final = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """An application: as lists show it, with its answers, and with its life."""

    entry: Entry
    paper: Paper = field(repr=False)
    life: Sequence[Moving]


async def entry_of(visit: Visit, number: str) -> Entry | None:
    """Find an application by its number as somebody has typed or sent it."""
    if not _NUMBER.fullmatch(number):
        return None
    async with visit.desk.store.look() as look:
        return await look.application_entry(number)


async def region_of(visit: Visit) -> str | None:
    """Find in which region the person of an application lives."""
    entry = await entry_of(visit, visit.at["number"])
    return entry.region if entry else None


async def found(visit: Visit) -> Found:
    """Find the application that an address is about; raises `Refused`."""
    entry = await entry_of(visit, visit.at["number"])
    if entry is not None:
        async with visit.desk.store.look() as look:
            paper = await look.application(entry.number)
            life = await look.application_life(entry.number)
        if paper is not None:
            return Found(entry, paper, life)
    raise Refused(404, "missing")
