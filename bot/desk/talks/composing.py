"""Writing to a citizen, and private notes: drafts that are kept, a guard, and sending once."""

from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import key_of, number
from bot.desk.route import Route
from bot.desk.talks import case, enclosing
from bot.desk.talks.arguments import by, region_of, talk_of
from bot.desk.talks.guarding import guard, has_blanks
from bot.desk.talks.refusing import elsewhere, refused
from bot.desk.visit import Visit
from bot.takeover.leading import CitizenWrote, Elsewhere, Refused
from storage.talk_papers import Mode

LONGEST: Final = 4000
"""Characters of a message: as many as a citizen may send at once."""


async def compose(visit: Visit) -> web.StreamResponse:
    """Keep what is being written, and say what to mind before it is sent."""
    found, mode, text = await talk_of(visit), _mode(visit), _text(visit)
    async with visit.desk.store.work() as work:
        await work.compose(visit.staff.login, found.talk.id, mode, text, visit.now)
    await visit.desk.assistant.leading.stay(found.talk.id, by(visit))
    if mode == "note":
        return visit.json({"warnings": []})
    async with visit.desk.store.look() as look:
        beside = await case.of(visit, look, found)
        enclosed = await look.enclosed(visit.staff.login, found.talk.id)
    return visit.json({"warnings": list(guard(visit, beside, text, is_enclosing=bool(enclosed)))})


async def send(visit: Visit) -> web.StreamResponse:
    """Send to the citizen, or keep as a note; refused words are kept, never lost."""
    found, mode, text = await talk_of(visit), _mode(visit), _text(visit)
    login, leading = visit.staff.login, visit.desk.assistant.leading
    try:
        if mode == "note":
            await leading.note(found.talk.id, by(visit), text, key=key_of(visit))
        else:
            if has_blanks(text):
                return await refused(visit, visit.words("desk.talks.guard.blank"), text)
            seen, key = number(visit.form.get("seen", "")) or 0, key_of(visit)
            files = enclosing.named(visit)
            await leading.reply(found.talk.id, by(visit), text, seen=seen, key=key, files=files)
            await enclosing.forget(visit, found.talk.id, files)
    except CitizenWrote:
        return await refused(visit, visit.words("desk.talks.refused.wrote"), text)
    except Elsewhere as gone:
        return await refused(visit, elsewhere(visit, gone), text)
    except Refused:
        is_empty = not text and not visit.form.getall("file", [])
        why = "empty" if is_empty else "file_gone"
        return await refused(visit, visit.words(f"desk.talks.refused.{why}"), text)
    async with visit.desk.store.work() as work:
        await work.compose(login, found.talk.id, mode, "", visit.now)
    if visit.is_from_script:
        return visit.json({"sent": True})
    return visit.back(f"/desk/talks/{found.talk.id}", done="noted" if mode == "note" else "sent")


def _mode(visit: Visit) -> Mode:
    return "note" if visit.form.get("mode") == "note" else "citizen"


def _text(visit: Visit) -> str:
    text = visit.form.get("text", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST or "\x00" in text:
        raise TurnedAway(400, "too_long")
    return text


ROUTES: Final = (
    Route("POST", "/desk/talks/{talk:\\d+}/compose", "dialog.view", compose, region=region_of),
    Route("POST", "/desk/talks/{talk:\\d+}/send", "dialog.view", send, region=region_of),
)
