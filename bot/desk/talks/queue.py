"""Who waits: the list of talks in five views, live, and taking the next one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final, get_args

from aiohttp import web

from bot.desk.reading import day_began, key_of, new_key, region_list
from bot.desk.route import FILTERED, Route
from bot.desk.streams import Piece
from bot.desk.talks import showing
from bot.desk.talks.arguments import by, place
from bot.desk.visit import Visit
from dialogs.json import Json
from storage.talk_lists import View

VIEWS: Final[tuple[View, ...]] = get_args(View)
_PAGE: Final = 50


async def show(visit: Visit) -> web.StreamResponse:
    """Show a view."""
    rows, more = await _page(visit)
    return visit.page(
        "talks.html.j2",
        views=VIEWS,
        view=_view(visit),
        rows=rows,
        more=more,
        counts=await _counts(visit),
        key=new_key(),
        spoken=visit.spoken("desk.talks.fresh"),
    )


async def pieces(visit: Visit) -> web.StreamResponse:
    """Give the rows of a view as they are now, for a page that is open."""
    rows, _ = await _page(visit)
    return visit.page("talk_rows.html.j2", rows=rows, view=_view(visit))


async def events(visit: Visit) -> web.StreamResponse:
    """Tell an open page that the queue has changed, with how many talks each view has."""

    async def news() -> AsyncIterator[Piece]:
        async for _ in visit.desk.assistant.live.of_queue():
            counts: dict[str, Json] = dict(await _counts(visit))
            yield Piece("queue", counts)

    return await visit.stream(news())


async def take_next(visit: Visit) -> web.StreamResponse:
    """Take the talk that ought to be answered first."""
    leading = visit.desk.assistant.leading
    taken = await leading.next_dialog(by(visit), key=key_of(visit), regions=region_list(visit))
    if taken is None:
        return visit.back("/desk/talks?view=waiting", done="nobody_waits")
    return visit.back(f"/desk/talks/{taken}")


def _view(visit: Visit) -> View:
    asked = visit.query.get("view", "")
    return next((view for view in VIEWS if view == asked), "waiting")


async def _page(visit: Visit) -> tuple[Sequence[showing.Row], str]:
    """Read a page of the view, and the address of the one that follows."""
    view, after = _view(visit), place(visit, "after")
    async with visit.desk.store.look() as look:
        last = await look.talk(after) if after else None
        listed = await look.talks(
            view,
            visit.staff.login,
            region_list(visit),
            since=day_began(visit),
            after=last.talk if last else None,
            limit=_PAGE + 1,
        )
        chats = [one.talk.chat_id for one in listed[:_PAGE]]
        people = await look.people_in(chats)
        labels = await look.labels(chats)
    more = f"/desk/talks?view={view}&after={listed[_PAGE - 1].talk.id}" if listed[_PAGE:] else ""
    return showing.rows(visit, listed[:_PAGE], people, labels), more


async def _counts(visit: Visit) -> Mapping[str, int]:
    async with visit.desk.store.look() as look:
        return await look.talk_counts(visit.staff.login, region_list(visit), day_began(visit))


ROUTES: Final = (
    Route("GET", "/desk/talks", "dialog.view", show, region=FILTERED),
    Route("GET", "/desk/talks/rows", "dialog.view", pieces, region=FILTERED, is_passive=True),
    Route("GET", "/desk/talks/events", "dialog.view", events, region=FILTERED, is_passive=True),
    Route("POST", "/desk/talks/next", "dialog.lead", take_next, region=FILTERED),
)
