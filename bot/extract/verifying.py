"""The public page that tells whether an extract of a number holds, and nothing else."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import quote

from aiohttp import web

from bot.channels.web.page import STYLES
from bot.channels.web.visitor import language_of
from bot.extract.numbers import read_number
from bot.http import Pace, Rate, address
from bot.organisation import Organisation
from dialogs.words import Words
from storage.db import Store

if TYPE_CHECKING:
    from jinja2 import Template

Verdict: TypeAlias = Literal["valid", "withdrawn", "unknown", "often"]

# A desk of a clinic checks some in a row; a guesser would need longer than the world stands.
_RATE: Final = Rate(burst=20, per_second=0.2)
_FOLDER: Final = Path(__file__).parent
_LONGEST: Final = 64  # characters of a number that are taken from an address
_STATUS: Final[dict[Verdict, int]] = {"valid": 200, "withdrawn": 200, "unknown": 404, "often": 429}


def verifying(
    store: Store,
    organisation: Organisation,
    words: Mapping[str, Words],
    clock: Callable[[], datetime],
) -> list[web.RouteDef]:
    """List the addresses of the page; a number stands in the address, as ``/verify/<number>``."""
    pace = Pace(_RATE, clock)
    style = b"".join(path.read_bytes() for path in (*STYLES, _FOLDER / "verify.css"))

    def page(
        request: web.Request, number: str = "", verdict: Verdict | None = None
    ) -> web.Response:
        spoken = words[language_of(request, words)]
        text = _template().render(
            words=spoken,
            languages=list(words),
            insurer=organisation.insurer.name[spoken.language],
            phone=organisation.phones["main"],
            number=number,
            verdict=verdict,
            saying=f"verify.{verdict}",
            here=request.path,
        )
        status = 200 if verdict is None else _STATUS[verdict]
        return web.Response(text=text, content_type="text/html", status=status)

    async def ask(request: web.Request) -> web.Response:
        number = request.query.get("number", "").strip()[:_LONGEST]
        if number:
            raise web.HTTPSeeOther(f"/verify/{quote(read_number(number) or number, safe='')}")
        return page(request)

    async def verify(request: web.Request) -> web.Response:
        typed = request.match_info["number"][:_LONGEST]
        number = read_number(typed)
        wait = pace.wait(address(request))
        if wait:
            answer = page(request, typed, "often")
            answer.headers["Retry-After"] = str(int(wait) + 1)
            return answer
        if number is None:
            return page(request, typed, "unknown")
        async with store.look() as look:
            standing = await look.extract_standing(number)
        return page(request, number, standing or "unknown")

    async def css(_request: web.Request) -> web.Response:
        return web.Response(body=style, content_type="text/css", charset="utf-8")

    return [
        web.get("/verify", ask),
        web.get("/verify/{number}", verify),
        web.get("/verify/static/verify.css", css),
    ]


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — heavy

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("verify.html.j2")
