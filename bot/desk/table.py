"""All addresses of the desk."""

from typing import Final

from bot.desk import enrolling, signing, start
from bot.desk.route import Route

ROUTES: Final[tuple[Route, ...]] = (
    *start.ROUTES,
    *signing.ROUTES,
    *enrolling.ROUTES,
)
