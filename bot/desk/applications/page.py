"""The page of an application, its photos through a checked route, and its printed sheet."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.desk.applications.arguments import Found, found, region_of
from bot.desk.applications.entering import GROUPED
from bot.desk.applications.showing import facts, name_of_form, term
from bot.desk.dispatch import Refused
from bot.desk.reading import new_key
from bot.desk.route import Route
from bot.desk.talks.showing import who
from bot.desk.visit import Visit
from bot.naming import mentioned
from dialogs.lifecycle import ENDED, MOVES, Application, State
from dialogs.words import Words

_SPOKEN: Final = tuple(f"desk.talks.{name}" for name in ("photo", "smaller", "larger", "turn"))


async def show(visit: Visit) -> web.StreamResponse:
    """Show an application; the look is written down."""
    return await write(visit, await found(visit))


async def write(
    visit: Visit, one: Found, *, problem: str = "", kept: str = "", status: int = 200
) -> web.Response:
    """Write the page, with what went wrong and the words that must not be lost."""
    entry = one.entry
    if not problem:
        async with visit.desk.store.work() as work:
            await visit.journal(work, "application_viewed", f"application:{entry.number}")
    async with visit.desk.store.look() as look:
        people = await look.people_in([entry.chat_id])
        others = await look.applications_in(entry.chat_id)
        talks = await look.talks_of_chat(entry.chat_id)
    answers = facts(visit, one.paper)
    is_free = entry.is_free_for(visit.staff.login)
    left, norm = term(visit, entry)
    return visit.page(
        "application.html.j2",
        status=status,
        entry=entry,
        form=name_of_form(visit.words, entry.form),
        who=who(entry.chat_id, people.get(entry.chat_id, ()), visit.words),
        term=left,
        norm=norm,
        facts=answers,
        titles={fact.step: fact.title for fact in answers},
        life=one.life,
        moves=moves_of(entry.state) if is_free else frozenset(),
        is_free=is_free,
        takes_over=not is_free and entry.state not in ENDED,
        alike=_alike(others, one.paper.application, visit.words),
        talk=next((talk.id for talk in talks), None),
        enters=entry.form in GROUPED,
        prints=visit.desk.printing is not None,
        problem=problem,
        kept=kept,
        key=new_key(),
        spoken=visit.spoken(*_SPOKEN),
    )


def moves_of(state: State) -> frozenset[State]:
    """Tell where a representative may move an application."""
    return frozenset(there for there, able in MOVES[state].items() if "representative" in able)


def _alike(others: Sequence[Application], this: Application, words: Words) -> list[tuple[str, str]]:
    """Find what may be the same one twice: of the same form and chat, for the same person."""
    return [
        (one.number, words(f"state.{one.state}"))
        for one in others
        if one.number != this.number
        and (one.form, one.about) == (this.form, this.about)
        and one.state not in ENDED
    ]


async def photo(visit: Visit) -> web.StreamResponse:
    """Show a file of this very application; the look is written down."""
    one, name = await found(visit), visit.at["name"]
    if name not in mentioned(dict(one.paper.answers)):
        raise Refused(404, "missing")
    opened = await visit.desk.safe.fetch(one.paper.channel, one.paper.address, name)
    if opened is None:
        raise Refused(404, "missing")
    async with visit.desk.store.work() as work:
        await visit.journal(work, "file_viewed", f"application:{one.entry.number}")
    kind, content = opened
    way = "inline" if kind.startswith("image/") else "attachment"
    return _private(content, kind, way)


async def sheet(visit: Visit) -> web.StreamResponse:
    """Give the sheet to print; it holds everything, so the look is one at personal data."""
    one = await found(visit)
    number, printing = one.entry.number, visit.desk.printing
    name = f"application-{number}.pdf"
    drawn = (
        await printing.document(one.paper.channel, one.paper.address, name) if printing else None
    )
    if drawn is None:
        raise Refused(404, "missing")
    async with visit.desk.store.work() as work:
        await visit.journal(work, "application_printed", f"application:{number}", "application")
    return _private(drawn, "application/pdf", f'attachment; filename="{name}"')


def _private(content: bytes, kind: str, way: str) -> web.Response:
    return web.Response(
        body=content,
        content_type=kind,
        headers={"Content-Disposition": way, "Cache-Control": "private, no-store"},
    )


_AT: Final = "/desk/applications/{number:[0-9-]+}"

ROUTES: Final = (
    Route("GET", _AT, "application.view", show, region=region_of),
    Route("GET", f"{_AT}/photos/{{name}}", "application.view", photo, region=region_of),
    Route("POST", f"{_AT}/sheet", "personal.reveal", sheet, region=region_of),
)
