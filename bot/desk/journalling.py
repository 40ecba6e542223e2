"""The journal's pages: reading, verifying, exporting. Nothing here can change a line."""

from collections.abc import AsyncIterator
from typing import Final

import msgspec
from aiohttp import web

from bot.desk import tables
from bot.desk.chain import Verdict, verify
from bot.desk.deeds import DEEDS, deed_key
from bot.desk.dispatch import Refused
from bot.desk.purposes import PURPOSES, purpose_key
from bot.desk.reading import number
from bot.desk.route import Route
from bot.desk.visit import Visit
from storage.journal import Line

_PAGE: Final = 50
_AT_ONCE: Final = 500
_LONGEST: Final = 120
_COLUMNS: Final = ("number", "at", "login", "deed", "about", "purpose", "mac")
_TYPES: Final = {"csv": tables.TYPE, "json": "application/json"}


async def show(visit: Visit) -> web.StreamResponse:
    """Show a page of the journal, the newest first."""
    return await _page(visit)


async def check(visit: Visit) -> web.StreamResponse:
    """Follow the chain and show what that has told."""
    verdict = await verify(visit.desk.store, visit.desk.chain)
    async with visit.desk.store.work() as work:
        told = f"broken at {verdict.broken_at}" if verdict.broken_at else "whole"
        await visit.journal(work, "journal_verified", f"journal:{verdict.lines}", told)
    return await _page(visit, verdict)


async def export(visit: Visit) -> web.StreamResponse:
    """Hand the whole journal out, its last line's mac with it."""
    kind = visit.form.get("as", "")
    if kind not in _TYPES:
        raise Refused(400, "malformed")
    async with visit.desk.store.work() as work:
        await visit.journal(work, "journal_exported", purpose=kind)
    response = web.StreamResponse(
        headers={
            "Content-Type": _TYPES[kind],
            "Content-Disposition": f'attachment; filename="journal.{kind}"',
        }
    )
    await response.prepare(visit.request)
    async for piece in _csv(visit) if kind == "csv" else _json(visit):
        await response.write(piece)
    await response.write_eof()
    return response


async def _pages(visit: Visit) -> AsyncIterator[list[Line]]:
    place = 0
    while True:
        async with visit.desk.store.look() as look:
            lines = await look.journal_after(place, _AT_ONCE)
        if not lines:
            return
        yield list(lines)
        place = lines[-1].number


async def _csv(visit: Visit) -> AsyncIterator[bytes]:
    yield tables.head(_COLUMNS)
    async for page in _pages(visit):
        yield tables.lines([str(cell) for cell in _told(line).values()] for line in page)


async def _json(visit: Visit) -> AsyncIterator[bytes]:
    mark = b'{"lines": ['
    async for page in _pages(visit):
        for line in page:
            yield mark + msgspec.json.encode(_told(line))
            mark = b",\n"
    yield b"]}\n"


def _told(line: Line) -> dict[str, int | str]:
    """Name what a line says, in the order of the columns."""
    at = line.at.isoformat(timespec="microseconds")
    cells = (line.number, at, line.login, line.deed, line.about, line.purpose, line.mac)
    return dict(zip(_COLUMNS, cells, strict=True))


async def _page(visit: Visit, verdict: Verdict | None = None) -> web.Response:
    login = visit.query.get("login", "").strip().casefold()[:_LONGEST]
    about = visit.query.get("about", "").strip()[:_LONGEST]
    before = number(visit.query.get("before", ""))
    async with visit.desk.store.look() as look:
        lines = await look.journal_before(before, _PAGE + 1, login, about)
    more = ""
    if len(lines) > _PAGE:
        asked = {"before": str(lines[_PAGE - 1].number), "login": login, "about": about}
        more = str(visit.request.rel_url.with_query({k: v for k, v in asked.items() if v}))
    return visit.page(
        "journal.html.j2",
        lines=lines[:_PAGE],
        more=more,
        login=login,
        about=about,
        verdict=verdict,
        deed_words=lambda deed: visit.words(deed_key(deed)) if deed in DEEDS else deed,
        purpose_words=lambda told: _purpose(visit, told),
    )


def _purpose(visit: Visit, told: str) -> str:
    """Write a purpose in the reader's words, with those that were added to it."""
    name, colon, words = told.partition(": ")
    return f"{visit.words(purpose_key(name))}{colon}{words}" if name in PURPOSES else told


ROUTES: Final = (
    Route("GET", "/desk/journal", "journal.view", show),
    Route("POST", "/desk/journal/verify", "journal.view", check),
    Route("POST", "/desk/journal/export", "journal.export", export),
)
