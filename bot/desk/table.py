"""All addresses of the desk."""

from typing import Final

from bot.desk import account, enrolling, journalling, revealing, signing, staffing, start
from bot.desk.route import Route

ROUTES: Final[tuple[Route, ...]] = (
    *start.ROUTES,
    *signing.ROUTES,
    *enrolling.ROUTES,
    *account.ROUTES,
    *revealing.ROUTES,
    *staffing.ROUTES,
    *journalling.ROUTES,
)
