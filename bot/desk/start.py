"""The start page, and the files that pages are made of."""

from typing import Final

from aiohttp import web

from bot.desk.route import Route
from bot.desk.visit import Visit


async def start(visit: Visit) -> web.StreamResponse:
    """Show the sections that somebody may enter."""
    return visit.page("start.html.j2")


async def asset(visit: Visit) -> web.StreamResponse:
    """Answer with a style, a script or a picture."""
    return visit.desk.assets.answer(visit.request)


ROUTES: Final = (
    Route("GET", "/desk", "account", start),
    Route("GET", "/desk/static/{digest}/{name}", "open", asset, is_passive=True),
)
