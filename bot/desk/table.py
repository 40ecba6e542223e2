"""All addresses of the desk."""

from typing import Final

from bot.desk import (
    account,
    enrolling,
    faults,
    journalling,
    now,
    questions,
    revealing,
    signing,
    staffing,
    start,
    statistics,
)
from bot.desk.applications import deciding, entering, exporting, listing, page
from bot.desk.notices import attaching as notice_attaching
from bot.desk.notices import editing as notice_editing
from bot.desk.notices import listing as notice_listing
from bot.desk.notices import moving as notice_moving
from bot.desk.notices import pages as notice_pages
from bot.desk.notices import replying as notice_replying
from bot.desk.notices import trying as notice_trying
from bot.desk.people import person, searching, texts
from bot.desk.route import Route
from bot.desk.talks import composing, dialog, enclosing, handing, moving, queue, replies

ROUTES: Final[tuple[Route, ...]] = (
    *start.ROUTES,
    *signing.ROUTES,
    *enrolling.ROUTES,
    *queue.ROUTES,
    *dialog.ROUTES,
    *composing.ROUTES,
    *enclosing.ROUTES,
    *moving.ROUTES,
    *handing.ROUTES,
    *replies.ROUTES,
    *listing.ROUTES,
    *page.ROUTES,
    *deciding.ROUTES,
    *entering.ROUTES,
    *exporting.ROUTES,
    *questions.ROUTES,
    *faults.ROUTES,
    *searching.ROUTES,
    *texts.ROUTES,
    *person.ROUTES,
    *notice_pages.ROUTES,
    *notice_editing.ROUTES,
    *notice_moving.ROUTES,
    *notice_replying.ROUTES,
    *notice_attaching.ROUTES,
    *notice_listing.ROUTES,
    *notice_trying.ROUTES,
    *account.ROUTES,
    *revealing.ROUTES,
    *now.ROUTES,
    *statistics.ROUTES,
    *staffing.ROUTES,
    *journalling.ROUTES,
)
