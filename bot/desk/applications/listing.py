"""Applications by state, those whose term ends first on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.desk.applications.arguments import entry_of
from bot.desk.applications.showing import name_of_form, shortened, term
from bot.desk.reading import region_list
from bot.desk.route import FILTERED, Route
from bot.desk.talks.showing import who
from bot.desk.visit import Visit
from dialogs.insured import Linked
from dialogs.lifecycle import MOVES, State
from storage.application_lists import Entry

STATES: Final[tuple[State, ...]] = tuple(MOVES)
"""The tabs of the list, in the order of an application's life."""

_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; ``norm`` colours the term as its words say it."""

    entry: Entry
    form: str
    who: str = field(repr=False)
    about: str = field(repr=False)
    term: str
    norm: str


async def show(visit: Visit) -> web.StreamResponse:
    """Show a state; a number that was typed leads to its application."""
    state, regions = state_of(visit.query.get("state", "")), region_list(visit)
    asked = visit.query.get("number", "").strip()
    known = await entry_of(visit, asked) if asked else None
    if known and visit.sees(known.region):
        return visit.back(f"/desk/applications/{known.number}")
    after = await entry_of(visit, visit.query.get("after", ""))
    if after and (after.state != state or not visit.sees(after.region)):
        after = None  # it has moved on meanwhile: the list begins anew
    async with visit.desk.store.look() as look:
        listed = await look.applications_listed(state, regions, after, _PAGE + 1)
        counts = await look.application_counts(regions)
        people = await look.people_in([one.chat_id for one in listed[:_PAGE]])
    last = listed[_PAGE - 1].number if listed[_PAGE:] else ""
    return visit.page(
        "applications.html.j2",
        states=STATES,
        state=state,
        rows=[_row(visit, one, people) for one in listed[:_PAGE]],
        counts=counts,
        more=f"/desk/applications?state={state}&after={last}" if last else "",
        asked=asked[:20],
    )


def state_of(text: str) -> State:
    """Read a state; the first one when it is none."""
    return next((state for state in STATES if state == text), STATES[0])


def _row(visit: Visit, entry: Entry, people: Mapping[int, Sequence[Linked]]) -> Row:
    return Row(
        entry,
        name_of_form(visit.words, entry.form),
        who(entry.chat_id, people.get(entry.chat_id, ()), visit.words),
        shortened(entry.about) if entry.about else "",
        *term(visit, entry),
    )


ROUTES: Final = (Route("GET", "/desk/applications", "application.view", show, region=FILTERED),)
