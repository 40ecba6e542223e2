"""The addresses of the demonstration's inbox."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.web.visitor import language_of
from bot.gateway import DemonstrationInbox
from dialogs.words import Words

if TYPE_CHECKING:
    from jinja2 import Template

_FOLDER: Final = Path(__file__).parent


def inbox_routes(
    inbox: DemonstrationInbox,
    words: Mapping[str, Words],
    zone: ZoneInfo,
    codes: Callable[[], Awaitable[Sequence[tuple[str, str]]]],
) -> list[web.RouteDef]:
    """List the addresses; only a demonstration has them.

    ``codes`` lists logins of the desk with the codes of their second factor.
    """
    style = (_FOLDER / "inbox.css").read_bytes()

    async def page(request: web.Request) -> web.Response:
        shown = [
            (f"{one.at.astimezone(zone):%H:%M:%S}", one.phone, one.text) for one in inbox.shown
        ]
        text = _template().render(
            words=words[language_of(request, words)], shown=shown, codes=await codes()
        )
        return web.Response(text=text, content_type="text/html")

    async def css(_request: web.Request) -> web.Response:
        return web.Response(body=style, content_type="text/css", charset="utf-8")

    return [web.get("/demo/inbox", page), web.get("/demo/inbox.css", css)]


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — heavy

    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("inbox.html.j2")
