"""The list of notices, the page of one, live, and the results of each recipient."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from bot.desk import tables
from bot.desk.notices import counting, looks, showing, zones
from bot.desk.notices.arguments import grouped, may_see, notice_of
from bot.desk.reading import new_key, number, signed
from bot.desk.route import FILTERED, Route
from bot.desk.streams import Piece
from bot.desk.visit import Visit
from bot.notices.refusals import Fault
from dialogs.notices.states import ROWS, STATES, Row, State
from storage.notice_counting import Recipient
from storage.notices import Notice

VIEWS: Final[Mapping[str, tuple[State, ...]]] = {
    "all": STATES,
    "drafts": ("draft", "checked", "for_approval", "approved"),
    "working": ("scheduled", "gathering", "sending", "paused", "held"),
    "ended": ("finished", "stopped", "failed"),
}
_COUNTED: Final[frozenset[State]] = frozenset({"scheduled", "held"})
"""Under way, but who gets it is not settled for good."""
_PAGE: Final = 30
_RECIPIENTS: Final = 100
_AT_ONCE: Final = 1000
COLUMNS: Final = ("recipient", "channel", "state", "why", "at")
"""Of the table that is handed out; the texts are ``desk.notice.<column>``."""


async def listed(visit: Visit) -> web.StreamResponse:
    """List notices, the newest first."""
    view = next((view for view in VIEWS if view == visit.query.get("view")), "all")
    after = number(visit.query.get("after", ""))
    found = await _seen(visit, VIEWS[view], after)
    more = f"/desk/notices?view={view}&after={found[_PAGE - 1].id}" if found[_PAGE:] else ""
    return visit.page(
        "notices.html.j2", notices=found[:_PAGE], view=view, views=tuple(VIEWS), more=more
    )


async def _seen(visit: Visit, states: Sequence[State], after: int | None) -> list[Notice]:
    """Read a page of those notices that the visitor may see, and one more if there is."""
    found: list[Notice] = []
    while len(found) <= _PAGE:
        async with visit.desk.store.look() as look:
            read = await look.notices(states, after, _AT_ONCE)
        found += [one for one in read if await may_see(visit, one)]
        if len(read) < _AT_ONCE:
            break
        after = read[-1].id
    return found


async def show(visit: Visit) -> web.StreamResponse:
    """Show a notice."""
    return await page(visit, await notice_of(visit))


async def page(
    visit: Visit,
    one: Notice,
    problem: str = "",
    faults: Sequence[Fault] = (),
    status: int = 200,
    *,
    code: str = "",
) -> web.Response:
    """Write the page of a notice, with what was refused, or the ``code`` to be typed in a chat."""
    notices = visit.desk.assistant.notices
    editable = showing.is_editable(one)
    if (editable or one.state == "failed") and not faults:
        faults = notices.planning.faults(one.content, visit.now)
    # Whoever goes on with a held notice, or approves it, answers for those who are meant by now.
    reach = None
    if editable or one.state in _COUNTED or (one.state == "paused" and not one.begun_at):
        reach = await counting.reach(visit, one, anew=visit.query.get("anew") == "1")
    async with visit.desk.store.look() as look:
        moves = await look.notice_moves(one.id)
    return visit.page(
        "notice.html.j2",
        status=status,
        notice=one,
        content=one.content,
        said=showing.said(visit, one) if not editable or faults else [],
        whom=showing.audience_words(visit, one),
        reach=reach,
        preview=reach.preview if reach else None,
        faults=faults,
        samples=await showing.samples(visit, one) if editable and not faults else [],
        trials=await visit.desk.assistant.trials.chats(visit.staff.login) if editable else [],
        code=code,
        once=new_key(),
        looks=looks.looks(visit, one) if editable and not faults else [],
        uncleared=looks.uncleared(visit, one),
        elsewhere=looks.elsewhere(visit, one),
        moves=moves,
        when=zones.told(visit, one.content),
        is_editable=editable,
        is_working=showing.is_working(one),
        is_author=visit.staff.login in await notices.writers(one.id),
        because_words=lambda because: showing.because_words(visit, because),
        grouped=grouped,
        problem=problem,
        **(await _progress(visit, one)),
    )


async def pieces(visit: Visit) -> web.StreamResponse:
    """Give how far a notice has come, for a page that is open."""
    one = await notice_of(visit)
    values = await _progress(visit, one)
    return visit.page("notice_progress.html.j2", notice=one, grouped=grouped, **values)


async def events(visit: Visit) -> web.StreamResponse:
    """Tell an open page that notices have moved."""
    known = await notice_of(visit)

    async def news() -> AsyncIterator[Piece]:
        async for _ in visit.desk.assistant.live.of_notices():
            async with visit.desk.store.look() as look:
                one = await look.notice(known.id)
            if one is not None:
                yield Piece("notice", {"state": one.state, "revision": one.revision})

    return await visit.stream(news())


async def results(visit: Visit) -> web.StreamResponse:
    """Show what became of each recipient."""
    one = await notice_of(visit)
    asked = visit.query.get("state", "")
    states: tuple[Row, ...] = tuple(row for row in ROWS if row == asked) or ROWS
    after = signed(visit.query.get("after", ""))
    async with visit.desk.store.look() as look:
        rows = await look.recipients(one.id, states, after, _RECIPIENTS + 1)
    more = ""
    if rows[_RECIPIENTS:]:
        more = f"/desk/notices/{one.id}/results?state={asked}&after={rows[_RECIPIENTS - 1].person}"
    return visit.page(
        "notice_results.html.j2",
        notice=one,
        rows=rows[:_RECIPIENTS],
        states=ROWS,
        state=asked,
        more=more,
        reason_words=lambda word: showing.reason_words(visit, word),
    )


async def export(visit: Visit) -> web.StreamResponse:
    """Hand out the results of all recipients as a table; written down."""
    one = await notice_of(visit)
    async with visit.desk.store.work() as work:
        await visit.journal(work, "notice_exported", f"notice:{one.id}")
    response = web.StreamResponse(
        headers={
            "Content-Type": tables.TYPE,
            "Content-Disposition": f'attachment; filename="notice-{one.id}.csv"',
            "Cache-Control": "private, no-store",
        }
    )
    await response.prepare(visit.request)
    head = [visit.words(f"desk.notice.{name}") for name in COLUMNS]
    await response.write(tables.head(head))
    after: int | None = None
    while True:
        async with visit.desk.store.look() as look:
            rows = await look.recipients(one.id, ROWS, after, _AT_ONCE)
        if not rows:
            break
        await response.write(tables.lines(_cells(visit, row) for row in rows))
        after = rows[-1].person
    await response.write_eof()
    return response


def _cells(visit: Visit, row: Recipient) -> list[str]:
    """Tell of a recipient as the page does: by the guest's number, without any of the register."""
    return [
        visit.words("desk.talks.guest", number=row.chat_id),
        visit.words(f"desk.channel.{row.channel}"),
        visit.words(f"desk.notice.row.{row.state}"),
        showing.reason_words(visit, row.reason) if row.reason else "",
        row.at.astimezone(visit.desk.zone).isoformat(" ", "seconds") if row.at else "",
    ]


async def _progress(visit: Visit, one: Notice) -> dict[str, Any]:
    progress = await visit.desk.assistant.notices.showing.progress(one.id, visit.now)
    async with visit.desk.store.look() as look:
        answers = await look.notice_answers(one.id)
        replies = await look.count_notice_replies(one.id)
    wording = one.content.texts.get(one.content.fallback)
    labels = wording.answers if wording else ()
    return {
        "progress": progress,
        "speed": showing.speed_words(visit, progress.per_second),
        "time_left": showing.time_left(visit, progress.ends_at),
        "down": ", ".join(visit.words(f"desk.channel.{name}") for name in progress.down),
        "replies": replies,
        "reason_words": lambda word: showing.reason_words(visit, word),
        "answers": [(label, answers.get(place, 0)) for place, label in enumerate(labels)],
    }


ROUTES: Final = (
    Route("GET", "/desk/notices", "notice.view", listed, region=FILTERED),
    Route("GET", "/desk/notices/{notice:\\d+}", "notice.view", show, region=FILTERED),
    Route(
        "GET",
        "/desk/notices/{notice:\\d+}/progress",
        "notice.view",
        pieces,
        region=FILTERED,
        is_passive=True,
    ),
    Route(
        "GET",
        "/desk/notices/{notice:\\d+}/events",
        "notice.view",
        events,
        region=FILTERED,
        is_passive=True,
    ),
    Route("GET", "/desk/notices/{notice:\\d+}/results", "notice.view", results, region=FILTERED),
    Route("POST", "/desk/notices/{notice:\\d+}/export", "notice.view", export, region=FILTERED),
)
