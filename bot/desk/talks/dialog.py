"""One dialog: its history with how each message fared, the case beside it, live."""

from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused
from bot.desk.route import Route
from bot.desk.streams import Piece
from bot.desk.talks import case, showing
from bot.desk.talks.arguments import place, region_of, talk_of
from bot.desk.talks.page import PAGE, is_mine, lines_of, write
from bot.desk.visit import Visit
from dialogs.json import Json
from storage.talk_lists import Listed

_NEWEST: Final = 200  # messages whose way is told while a page is open


async def show(visit: Visit) -> web.StreamResponse:
    """Show a dialog; the look is written down."""
    return await write(visit, await talk_of(visit))


async def older(visit: Visit) -> web.StreamResponse:
    """Give the messages before a place, with a way to those before them."""
    found, before = await talk_of(visit), place(visit, "before")
    async with visit.desk.store.look() as look:
        history = await look.messages_before(found.channel, found.address, before, PAGE)
        lines = await lines_of(visit, look, found.talk.chat_id, history)
    first = history[0].seq if history and history[0].seq > 1 else 0
    return visit.page("talk_older.html.j2", lines=lines, older=first, talk=found.talk)


async def newer(visit: Visit) -> web.StreamResponse:
    """Give the messages after a place."""
    found, after = await talk_of(visit), place(visit, "after")
    async with visit.desk.store.look() as look:
        history = await look.messages_after(found.channel, found.address, after, PAGE)
        lines = await lines_of(visit, look, found.talk.chat_id, history)
    if is_mine(visit, found):
        async with visit.desk.store.work() as work:
            await work.look_at_talk(found.talk.id, visit.staff.login)
    return visit.page("talk_lines.html.j2", lines=lines, talk=found.talk)


async def state(visit: Visit) -> web.StreamResponse:
    """Give how a talk stands and the case beside it, as they are now."""
    found = await talk_of(visit)
    async with visit.desk.store.look() as look:
        beside = await case.of(visit, look, found)
        call = await look.callback(found.talk.id)
    return visit.page("talk_case.html.j2", talk=found.talk, listed=found, case=beside, call=call)


async def events(visit: Visit) -> web.StreamResponse:
    """Tell an open page what has changed: messages, who leads, how messages fared."""
    found = await talk_of(visit)

    async def news() -> AsyncIterator[Piece]:
        told: Json = None
        async for _ in visit.desk.assistant.live.of((found.channel, found.address)):
            standing = await _standing(visit, found)
            if standing is not None and standing != told:
                told = standing
                yield Piece("talk", standing)

    return await visit.stream(news())


async def file(visit: Visit) -> web.StreamResponse:
    """Show a file of this dialog; the look is written down."""
    found, name = await talk_of(visit), visit.at["name"]
    opened = await visit.desk.safe.fetch(found.channel, found.address, name)
    if opened is None:
        raise Refused(404, "missing")
    async with visit.desk.store.work() as work:
        await visit.journal(work, "file_viewed", f"talk:{found.talk.id}")
    kind, content = opened
    way = "inline" if kind.startswith("image/") else "attachment"
    return web.Response(
        body=content,
        content_type=kind,
        headers={"Content-Disposition": way, "Cache-Control": "private, no-store"},
    )


async def _standing(visit: Visit, known: Listed) -> dict[str, Json] | None:
    """Tell what a page compares: the last message, the talk's state, ticks by place, notes."""
    async with visit.desk.store.look() as look:
        found = await look.talk(known.talk.id)
        chat = await look.chat(known.channel, known.address)
        if found is None or chat is None:
            return None
        fared = await look.deliveries(
            found.talk.chat_id, max(1, chat.last_seq - _NEWEST), _NEWEST + 1
        )
        notes = await look.notes(found.talk.chat_id)
    ticks: dict[str, Json] = {
        str(seq): showing.tick(visit.words, one) for seq, one in fared.items()
    }
    return {
        "last": chat.last_seq,
        "state": f"{found.talk.state}:{found.talk.representative}:{found.talk.moves}",
        "ticks": ticks,
        "noted": notes[0].key if notes else "",
    }


ROUTES: Final = (
    Route("GET", "/desk/talks/{talk:\\d+}", "dialog.view", show, region=region_of),
    Route("GET", "/desk/talks/{talk:\\d+}/older", "dialog.view", older, region=region_of),
    Route(
        "GET",
        "/desk/talks/{talk:\\d+}/newer",
        "dialog.view",
        newer,
        region=region_of,
        is_passive=True,
    ),
    Route(
        "GET",
        "/desk/talks/{talk:\\d+}/case",
        "dialog.view",
        state,
        region=region_of,
        is_passive=True,
    ),
    Route(
        "GET",
        "/desk/talks/{talk:\\d+}/events",
        "dialog.view",
        events,
        region=region_of,
        is_passive=True,
    ),
    Route("GET", "/desk/talks/{talk:\\d+}/files/{name}", "dialog.view", file, region=region_of),
)
