"""Search in what was said: words in any form, the newest first, back to the place in the dialog.

What is looked for is posted, never written into an address, and the journal keeps that
somebody looked, not the words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from aiohttp import web

from bot.desk.people import roots
from bot.desk.people.roots import LONGEST, Part, Root
from bot.desk.reading import region_list
from bot.desk.route import FILTERED, Route
from bot.desk.talks import showing
from bot.desk.visit import Visit
from dialogs.identifiers import mask
from dialogs.insured import Linked
from storage.message_search import Mention, Place

_PAGE: Final = 40
_STRETCH: Final = timedelta(days=92)
"""So far back one search reads; the next one goes on from there."""

_FURTHER: Final = re.compile(r"(\d{15,17})\.(\d{1,15})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that was found, with the dialog and the place in it where it stands."""

    mention: Mention
    who: str = field(repr=False)
    parts: Sequence[Part] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found back to ``since``; ``more`` is where the search goes on, as it is posted."""

    heard: Sequence[Heard]
    since: datetime
    more: str


async def show(visit: Visit) -> web.StreamResponse:
    """Show the field, and what can be typed there."""
    return _page(visit)


async def search(visit: Visit) -> web.StreamResponse:
    """Look for words in messages of one's regions; that somebody looked is written down."""
    line = visit.form.get("words", "").strip()[:LONGEST]
    sought = roots.read(line)
    if not sought:
        return _page(visit, line, problem=visit.words("desk.texts.problem"))
    results = await _find(visit, sought, _further(visit.form.get("further", "")) or visit.now)
    async with visit.desk.store.work() as work:
        await visit.journal(work, "texts_sought")
    return _page(visit, line, results=results)


async def _find(visit: Visit, sought: tuple[Root, ...], before: datetime | Place) -> Results:
    begun = before.at if isinstance(before, Place) else before
    since = begun - _STRETCH
    spellings = [one.spellings for one in sought]
    async with visit.desk.store.look() as look:
        mentions = await look.mentions(spellings, region_list(visit), before, since, _PAGE)
        people = await look.people_in({one.place.chat_id for one in mentions})
    heard = [
        _heard(visit, one, people, sought) for one in mentions if roots.holds(one.text, sought)
    ]
    if len(mentions) == _PAGE:
        last = mentions[-1].place
        return Results(heard, last.at, f"{_micros(last.at)}.{last.chat_id}.{last.seq}")
    has_older = visit.now - since < visit.desk.history  # nothing is kept longer
    more = f"{_micros(since)}.0.0" if has_older else ""
    return Results(heard, since, more)


def _heard(
    visit: Visit,
    mention: Mention,
    people: Mapping[int, Sequence[Linked]],
    sought: tuple[Root, ...],
) -> Heard:
    chat_id = mention.place.chat_id
    who = showing.who(chat_id, people.get(chat_id, ()), visit.words)
    return Heard(mention, who, roots.excerpt(mask(mention.text), sought))


def _further(text: str) -> Place | None:
    """Read from where the search goes on."""
    found = _FURTHER.fullmatch(text)
    if found is None:
        return None
    micros, chat_id, seq = map(int, found.groups())
    return Place(datetime.fromtimestamp(micros / 1e6, UTC), chat_id, seq)


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1e6)


def _page(
    visit: Visit,
    line: str = "",
    *,
    results: Results | None = None,
    problem: str = "",
) -> web.Response:
    return visit.page(
        "texts.html.j2",
        status=400 if problem else 200,
        line=line,
        results=results,
        problem=problem,
        longest=LONGEST,
    )


ROUTES: Final = (
    Route("GET", "/desk/search/texts", "dialog.search", show, region=FILTERED),
    Route("POST", "/desk/search/texts", "dialog.search", search, region=FILTERED),
)
