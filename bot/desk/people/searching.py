"""Search: a person by name or number, an application, an extract, a dialog by its guest.

What is looked for is posted, never written into an address: it is personal data.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.desk.people.sought import LONGEST, Sought, read
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.talks import showing
from bot.desk.visit import Visit
from dialogs.insured import Insured
from storage.application_lists import Entry
from storage.talks import Talk
from storage.work import Look

_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; ``more`` is our id after which further people follow, 0 if none do."""

    people: Sequence[Insured] = field(default=(), repr=False)
    applications: Sequence[Entry] = field(default=(), repr=False)
    talks: Sequence[Talk] = ()
    more: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.people or self.applications or self.talks)


async def show(visit: Visit) -> web.StreamResponse:
    """Show the field, and what can be typed there."""
    return _page(visit)


async def search(visit: Visit) -> web.StreamResponse:
    """Look for what was typed; that somebody looked is written down, not what they typed."""
    line = visit.form.get("line", "").strip()[:LONGEST]
    sought = read(line)
    if not sought.kinds:
        return _page(visit, line, problem=visit.words("desk.case.search.problem"))
    after = number(visit.form.get("after", "0")) or 0
    async with visit.desk.store.look() as look:
        found = await _find(visit, look, sought, after)
    async with visit.desk.store.work() as work:
        await visit.journal(work, "person_sought", purpose=sought.kinds)
    return _page(visit, line, found=found)


async def _find(visit: Visit, look: Look, sought: Sought, after: int) -> Found:
    people, more = await _people(look, sought, after) if visit.sees("") else ([], 0)
    talks = await _talks(look, sought)
    filed = await look.application_entry(sought.receipt) if sought.receipt else None
    return Found(
        people=people,
        applications=[filed] if filed and visit.sees(filed.region) else [],
        talks=[one for one in talks if visit.sees(one.region)],
        more=more,
    )


async def _people(look: Look, sought: Sought, after: int) -> tuple[list[Insured], int]:
    """Find people; the register keeps no region, so whoever sees unknown ones sees them."""
    if sought.names:
        found = await look.insured_by_name(
            sought.names, sought.born_on, after=after, limit=_PAGE + 1
        )
        return list(found[:_PAGE]), found[_PAGE - 1].id if len(found) > _PAGE else 0
    people: list[Insured] = []
    if sought.enp:
        people += await look.insured_by_enp(sought.enp)
    if sought.phone:
        people += await look.insured_by_phone(sought.phone)
    if sought.document:
        people += await look.insured_by_document(sought.document)
    if sought.extract:
        people += await _holder(look, sought.extract)
    return list({one.id: one for one in people}.values()), 0


async def _holder(look: Look, extract: str) -> list[Insured]:
    about = await look.person_of_extract(extract)
    person = await look.insured(about) if about is not None else None
    return [person] if person else []


async def _talks(look: Look, sought: Sought) -> Sequence[Talk]:
    if sought.guest:
        return await look.talks_of_chat(sought.guest)
    return ()


def _page(
    visit: Visit,
    line: str = "",
    *,
    found: Found | None = None,
    problem: str = "",
) -> web.Response:
    return visit.page(
        "search.html.j2",
        status=400 if problem else 200,
        line=line,
        found=found,
        problem=problem,
        topic=lambda name: showing.topic(visit, name),
        longest=LONGEST,
    )


ROUTES: Final = (
    Route("GET", "/desk/search", "person.search", show, region=FILTERED),
    Route("POST", "/desk/search", "person.search", search, region=FILTERED),
)
