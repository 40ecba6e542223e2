"""Exports of applications, as a table and as the JSON of `docs/applications.md`."""

from collections.abc import AsyncIterator
from typing import Final

import msgspec
from aiohttp import web

from bot.desk import tables
from bot.desk.applications.listing import state_of
from bot.desk.applications.showing import facts, name_of_form
from bot.desk.dispatch import Refused
from bot.desk.reading import region_list
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from storage.application_lists import Entry
from storage.applications import Moving, Paper

_AT_ONCE: Final = 200
_TYPES: Final = {"csv": tables.TYPE, "json": "application/json"}
_COLUMNS: Final = ("number", "form", "state", "filed_at", "due_on", "region", "channel", "handler")


async def export(visit: Visit) -> web.StreamResponse:
    """Hand out all applications of a state with all answers; that it was done is written down."""
    kind, state = visit.form.get("as", ""), state_of(visit.form.get("state", ""))
    if kind not in _TYPES:
        raise Refused(400, "malformed")
    async with visit.desk.store.work() as work:
        await visit.journal(work, "applications_exported", f"state:{state}", kind)
    response = web.StreamResponse(
        headers={
            "Content-Type": _TYPES[kind],
            "Content-Disposition": f'attachment; filename="applications-{state}.{kind}"',
            "Cache-Control": "private, no-store",
        }
    )
    await response.prepare(visit.request)
    async for piece in _csv(visit) if kind == "csv" else _json(visit):
        await response.write(piece)
    await response.write_eof()
    return response


async def _pages(visit: Visit) -> AsyncIterator[list[tuple[Entry, Paper, list[Moving]]]]:
    state, after = state_of(visit.form.get("state", "")), None
    while True:
        async with visit.desk.store.look() as look:
            listed = await look.applications_listed(state, region_list(visit), after, _AT_ONCE)
            page = []
            for entry in listed:
                paper = await look.application(entry.number)
                if paper is not None:
                    page.append((entry, paper, list(await look.application_life(entry.number))))
        if not listed:
            return
        yield page
        after = listed[-1]


async def _csv(visit: Visit) -> AsyncIterator[bytes]:
    """Write a table, one answer a line of the last cell."""
    yield tables.head([*_COLUMNS, "answers"])
    async for page in _pages(visit):
        rows = []
        for entry, paper, _ in page:
            answers = "\n".join(f"{one.title}: {one.text}" for one in facts(visit, paper))
            cells = [
                entry.number,
                name_of_form(visit.words, entry.form),
                visit.words(f"state.{entry.state}"),
                entry.filed_at.isoformat(timespec="seconds"),
                entry.due_on.isoformat() if entry.due_on else "",
                entry.region,
                entry.channel,
                entry.handler,
                answers,
            ]
            rows.append(cells)
        yield tables.lines(rows)


async def _json(visit: Visit) -> AsyncIterator[bytes]:
    yield b'{"applications": ['
    comma = b""
    async for page in _pages(visit):
        for entry, paper, life in page:
            yield comma + msgspec.json.encode(_told(entry, paper, life))
            comma = b",\n"
    yield b"]}\n"


def _told(entry: Entry, paper: Paper, life: list[Moving]) -> dict[str, object]:
    return {
        "number": entry.number,
        "form": entry.form,
        "version": paper.version,
        "state": entry.state,
        "due_on": entry.due_on,
        "about": entry.about,
        "filed_at": entry.filed_at,
        "region": entry.region,
        "answers": dict(paper.answers),
        "sources": dict(paper.sources),
        "moves": [
            {
                "place": one.place,
                "at": one.move.at,
                "state": one.move.state,
                "actor": one.move.actor,
                "actor_name": one.name,
                "reason": one.move.reason,
                "steps": list(one.steps),
            }
            for one in life
        ],
    }


ROUTES: Final = (
    Route("POST", "/desk/applications/export", "application.export", export, region=FILTERED),
)
