"""The picture or paper of a notice: put to a draft, looked at, taken out again."""

from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.channels.base import LARGEST_FILE, Busy, UnfitFile
from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices.arguments import by, notice_of, revision_of, why, written
from bot.desk.notices.pages import page
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.enclosures import document_of
from bot.letters import Refused
from bot.notices.attachments import new_file
from storage.notice_files import NoticeFile
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
    return await _changed(visit, one, new_file(kind, content))


async def take_out(visit: Visit) -> web.StreamResponse:
    """Let the notice go without."""
    return await _changed(visit, await notice_of(visit), None)


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


async def _changed(visit: Visit, one: Notice, file: NoticeFile | None) -> web.StreamResponse:
    notices, revision = visit.desk.assistant.notices, revision_of(visit)
    content = replace(one.content, document=document_of(file.kind, file.name) if file else "")
    try:
        await notices.edit(one.id, content, revision, by(visit), file=file)
    except Refused as refused:
        return await page(visit, await notice_of(visit), why(visit, refused), status=409)
    await written(visit, one.id, "file")
    return visit.back(f"/desk/notices/{one.id}", done="saved")


_PATH: Final = "/desk/notices/{notice:\\d+}/file"
ROUTES: Final = (
    Route("GET", _PATH, "notice.view", show, region=FILTERED),
    Route("POST", _PATH, "notice.write", put, region=FILTERED, takes_file=True),
    Route("POST", f"{_PATH}/out", "notice.write", take_out, region=FILTERED),
)
