"""All addresses of the desk."""

from typing import Final

from bot.desk import (
    account,
    enrolling,
    journalling,
    now,
    revealing,
    signing,
    staffing,
    start,
    statistics,
)
from bot.desk.people import person, searching
from bot.desk.route import Route
from bot.desk.talks import composing, dialog, handing, moving, queue, replies

ROUTES: Final[tuple[Route, ...]] = (
    *start.ROUTES,
    *signing.ROUTES,
    *enrolling.ROUTES,
    *queue.ROUTES,
    *dialog.ROUTES,
    *composing.ROUTES,
    *moving.ROUTES,
    *handing.ROUTES,
    *replies.ROUTES,
    *searching.ROUTES,
    *person.ROUTES,
    *account.ROUTES,
    *revealing.ROUTES,
    *now.ROUTES,
    *statistics.ROUTES,
    *staffing.ROUTES,
    *journalling.ROUTES,
)
