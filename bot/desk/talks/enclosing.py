"""Files beside the words: put there, looked at before they go, taken out again."""

from collections.abc import Iterable, Mapping
from typing import Final

from aiohttp import web

from bot.channels.base import Busy, UnfitFile
from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.route import Route
from bot.desk.talks.arguments import region_of, talk_of
from bot.desk.talks.page import is_mine
from bot.desk.talks.refusing import refused
from bot.desk.visit import Visit
from bot.enclosures import document_of, is_file_name
from dialogs.incoming import FileSent
from storage.files import Placing
from storage.talk_lists import Listed

MOST: Final = 5
"""Files of one message: each is a message of its own to the citizen's phone."""

_LARGEST_PICTURE: Final[Mapping[str, int]] = {
    "telegram": 10 * 1024 * 1024,
    "whatsapp": 5 * 1024 * 1024,
    "max": 50 * 1024 * 1024,
}
"""What messengers take, in bytes of a picture as it is kept; papers may be larger than ours."""

_RECENT: Final = 200  # messages; a file that was sent stands among the newest


async def put(visit: Visit) -> web.StreamResponse:
    """Look into a file and put it beside the words; what it is its bytes tell, not its name."""
    found = await talk_of(visit)
    if not is_mine(visit, found):
        return await refused(visit, visit.words("desk.talks.refused.file"))
    async with visit.desk.store.look() as look:
        beside = await look.enclosed(visit.staff.login, found.talk.id)
    if len(beside) >= MOST:
        return await refused(visit, visit.words("desk.talks.file.most", most=MOST))
    if not visit.file:
        return await refused(visit, visit.words("desk.talks.file.none"))
    try:
        sent = await visit.desk.safe.keep(found.channel, found.address, visit.file)
    except UnfitFile as unfit:
        return await refused(visit, visit.words(f"desk.talks.file.unfit.{unfit.problem}"))
    except Busy:
        return await refused(visit, visit.words("desk.talks.file.busy"))
    if not _fits(found.channel, sent):
        await _drop(visit, found, sent.id)
        channel = visit.words(f"desk.channel.{found.channel}")
        return await refused(visit, visit.words("desk.talks.file.large", channel=channel))
    async with visit.desk.store.work() as work:
        is_beside = await work.enclose(
            visit.staff.login, found.talk.id, sent.id, visit.now, most=MOST
        )
    if not is_beside:  # another window has put one there meanwhile
        await _drop(visit, found, sent.id)
        return await refused(visit, visit.words("desk.talks.file.most", most=MOST))
    return await _done(visit, found)


async def take_out(visit: Visit) -> web.StreamResponse:
    """Take a file out; it is gone unless a message has it."""
    found, name = await talk_of(visit), visit.form.get("name", "")
    if not is_file_name(name):
        raise TurnedAway(400, "malformed")
    async with visit.desk.store.look() as look:
        recent = await look.messages_before(found.channel, found.address, None, _RECENT)
    is_kept = any(said.document.endswith(name) for said in recent)
    async with visit.desk.store.work() as work:
        await work.take_out(visit.staff.login, found.talk.id, [name], is_kept=is_kept)
    return await _done(visit, found)


async def beside(visit: Visit) -> web.StreamResponse:
    """Give the files beside the words, for a page that is open."""
    found = await talk_of(visit)
    async with visit.desk.store.look() as look:
        files = await look.enclosed(visit.staff.login, found.talk.id)
    return visit.page("talk_enclosed.html.j2", talk=found.talk, enclosed=files)


def named(visit: Visit) -> tuple[str, ...]:
    """Read which files the page that was sent shows beside the words."""
    names = tuple(dict.fromkeys(visit.form.getall("file", [])))
    if len(names) > MOST or not all(map(is_file_name, names)):
        raise TurnedAway(400, "malformed")
    return names


async def forget(visit: Visit, talk: int, names: Iterable[str]) -> None:
    """Take out what has been sent; the message has it now."""
    async with visit.desk.store.work() as work:
        await work.take_out(visit.staff.login, talk, names, is_kept=True)


def _fits(channel: str, sent: FileSent) -> bool:
    is_paper = document_of(sent.kind, sent.id).startswith("paper")
    return is_paper or sent.size <= _LARGEST_PICTURE.get(channel, sent.size)


async def _drop(visit: Visit, found: Listed, name: str) -> None:
    async with visit.desk.store.work() as work:
        await work.place_files([Placing(found.talk.chat_id, dropped=frozenset({name}))])


async def _done(visit: Visit, found: Listed) -> web.StreamResponse:
    if visit.is_from_script:
        return visit.json({"done": True})
    return visit.back(f"/desk/talks/{found.talk.id}")


_FILES: Final = "/desk/talks/{talk:\\d+}/enclosed"

ROUTES: Final = (
    Route("GET", _FILES, "dialog.lead", beside, region=region_of, is_passive=True),
    Route("POST", _FILES, "dialog.lead", put, region=region_of, takes_file=True),
    Route("POST", f"{_FILES}/out", "dialog.lead", take_out, region=region_of),
)
