"""The picture or paper of a notice: put to a draft, looked at, taken out again."""

from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.channels.base import LARGEST_FILE, Busy, UnfitFile
from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices.arguments import by, notice_of
from bot.desk.notices.pages import page
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.notices.refusals import NotAllowed
from storage.notices import Notice


async def put(visit: Visit) -> web.StreamResponse:
    """Look into a file and put it to the notice, in the place of another."""
    one = await notice_of(visit)
    try:
        kind, content = await _looked(visit)
    except UnfitFile as unfit:
        told = visit.words(f"desk.talks.file.unfit.{unfit.problem}")
        return await page(visit, one, told, status=400)
    except Busy:
        return await page(visit, one, visit.words("desk.talks.file.busy"), status=503)
    kept = visit.desk.assistant.attachments.keep
    return await _changed(visit, one, await kept(one.id, kind, content, visit.now))


async def take_out(visit: Visit) -> web.StreamResponse:
    """Let the notice go without."""
    return await _changed(visit, await notice_of(visit), "")


async def show(visit: Visit) -> web.StreamResponse:
    """Give what the notice carries, to be looked at."""
    one = await notice_of(visit)
    found = await visit.desk.assistant.attachments.open(one.content.document)
    if found is None:
        raise TurnedAway(404, "missing")
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=300"}
    return web.Response(body=found.content, content_type=found.kind, headers=headers)


async def _looked(visit: Visit) -> tuple[str, bytes]:
    from bot.pictures import look  # noqa: PLC0415 — heavy, and few notices carry a file

    if not visit.file:
        raise UnfitFile("broken")
    looked = await visit.desk.safe.alone(lambda: look(visit.file))
    if len(looked.content) > LARGEST_FILE:
        raise UnfitFile("too_large")
    return looked.kind, looked.content


async def _changed(visit: Visit, one: Notice, document: str) -> web.StreamResponse:
    notices, revision = visit.desk.assistant.notices, number(visit.form.get("revision", "")) or 0
    written = replace(one.content, document=document)
    try:
        await notices.edit(one.id, written, revision, by(visit))
    except Refused as refused:
        key = "not_allowed" if isinstance(refused, NotAllowed) else "changed"
        told = visit.words(f"desk.notice.refused.{key}")
        return await page(visit, await notice_of(visit), told, status=409)
    await notices.check(one.id, by(visit))
    async with visit.desk.store.work() as work:
        await visit.journal(work, "notice_written", f"notice:{one.id}", "file")
    return visit.back(f"/desk/notices/{one.id}", done="saved")


_PATH: Final = "/desk/notices/{notice:\\d+}/file"
ROUTES: Final = (
    Route("GET", _PATH, "notice.view", show, region=FILTERED),
    Route("POST", _PATH, "notice.write", put, region=FILTERED, takes_file=True),
    Route("POST", f"{_PATH}/out", "notice.write", take_out, region=FILTERED),
)
