"""Applications by state and by who has them, those whose term ends first on top; live."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.desk.applications.arguments import entry_of
from bot.desk.applications.showing import name_of_form, shortened, term
from bot.desk.reading import region_list
from bot.desk.route import FILTERED, Route
from bot.desk.streams import Piece
from bot.desk.talks.showing import who
from bot.desk.visit import Visit
from dialogs.insured import Linked
from dialogs.json import Json
from dialogs.lifecycle import MOVES, State
from storage.application_lists import COUNTED, Entry, Whose

STATES: Final[tuple[State, ...]] = tuple(MOVES)
"""The tabs of the list, in the order of an application's life."""

WHOSE: Final = ("all", "mine", "nobody")
"""Whose applications a list shows: everybody's, one's own, those that nobody has taken."""

_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; ``norm`` colours the term as its words say it.

    ``is_mine`` when whoever looks has it.
    """

    entry: Entry
    form: str
    who: str = field(repr=False)
    about: str = field(repr=False)
    term: str
    norm: str
    is_mine: bool


async def show(visit: Visit) -> web.StreamResponse:
    """Show a state; a number that was typed leads to its application."""
    state = state_of(visit.query.get("state", ""))
    asked = visit.query.get("number", "").strip()
    known = await entry_of(visit, asked) if asked else None
    if known and visit.sees(known.region):
        return visit.back(f"/desk/applications/{known.number}")
    whose = _whose(visit)
    rows, last = await _rows(visit, state)
    return visit.page(
        "applications.html.j2",
        states=STATES,
        state=state,
        every=WHOSE,
        whose=whose,
        rows=rows,
        counts=await _counts(visit),
        counted=COUNTED,
        more=f"/desk/applications?state={state}&whose={whose}&after={last}" if last else "",
        asked=asked[:20],
        spoken=visit.spoken("desk.talks.fresh"),
    )


async def pieces(visit: Visit) -> web.StreamResponse:
    """Give the rows of a state as they are now, for a page that is open."""
    rows, _ = await _rows(visit, state_of(visit.query.get("state", "")))
    return visit.page("application_rows.html.j2", rows=rows)


async def events(visit: Visit) -> web.StreamResponse:
    """Tell an open page that applications have changed, with how many each state has."""

    async def news() -> AsyncIterator[Piece]:
        async for _ in visit.desk.assistant.live.of_applications():
            counts: dict[str, Json] = dict.fromkeys(COUNTED, 0)
            yield Piece("queue", counts | dict(await _counts(visit)))

    return await visit.stream(news())


async def _rows(visit: Visit, state: State) -> tuple[list[Row], str]:
    """Read a page of a state, and the number that the next page follows."""
    after = await entry_of(visit, visit.query.get("after", ""))
    if after and (after.state != state or not visit.sees(after.region)):
        after = None  # it has moved on meanwhile: the list begins anew
    async with visit.desk.store.look() as look:
        listed = await look.applications_listed(
            state, region_list(visit), after, _PAGE + 1, _login(visit)
        )
        people = await look.people_in([one.chat_id for one in listed[:_PAGE]])
    last = listed[_PAGE - 1].number if listed[_PAGE:] else ""
    return [_row(visit, one, people) for one in listed[:_PAGE]], last


async def _counts(visit: Visit) -> Mapping[str, int]:
    async with visit.desk.store.look() as look:
        return await look.application_counts(region_list(visit), _login(visit))


def _whose(visit: Visit) -> str:
    asked = visit.query.get("whose", "")
    return asked if asked in WHOSE else WHOSE[0]


def _login(visit: Visit) -> Whose:
    return {"all": None, "mine": visit.staff.login, "nobody": ""}[_whose(visit)]


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
        entry.taken_by == visit.staff.login,
    )


_AT: Final = "/desk/applications"

ROUTES: Final = (
    Route("GET", _AT, "application.view", show, region=FILTERED),
    Route("GET", f"{_AT}/rows", "application.view", pieces, region=FILTERED, is_passive=True),
    Route("GET", f"{_AT}/events", "application.view", events, region=FILTERED, is_passive=True),
)
