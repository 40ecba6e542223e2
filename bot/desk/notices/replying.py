"""Who wrote within three days of having got a notice, with the way to their dialogs."""

from typing import Final

from aiohttp import web

from bot.desk.notices.arguments import notice_of
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit

_PAGE: Final = 100


async def show(visit: Visit) -> web.StreamResponse:
    """List replies; a dialog is led to for whoever may look at it."""
    one = await notice_of(visit)
    after = number(visit.query.get("after", "")) or 0
    async with visit.desk.store.look() as look:
        rows = await look.notice_replies(one.id, after, _PAGE + 1)
    more = f"/desk/notices/{one.id}/replies?after={rows[_PAGE - 1].chat_id}" if rows[_PAGE:] else ""
    return visit.page(
        "notice_replies.html.j2",
        notice=one,
        rows=rows[:_PAGE],
        may_look=lambda row: row.talk and visit.may("dialog.view") and visit.sees(row.region),
        more=more,
    )


ROUTES: Final = (
    Route("GET", "/desk/notices/{notice:\\d+}/replies", "notice.view", show, region=FILTERED),
)
