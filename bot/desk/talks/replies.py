"""Canned replies: shared ones and one's own, for the composer and on a page to care for them."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused
from bot.desk.reading import number
from bot.desk.route import Route
from bot.desk.visit import Visit
from dialogs.json import Json
from storage.talk_papers import SHARED, Canned

_LONGEST_TITLE: Final = 80
_LONGEST: Final = 4000


async def show(visit: Visit) -> web.StreamResponse:
    """Show the replies one has."""
    return _page(visit, await _replies(visit))


async def ready(visit: Visit) -> web.StreamResponse:
    """Give the replies to the composer, with what is known filled in."""
    language = visit.query.get("language", "")
    known = _known(visit, language if language in visit.desk.words else visit.words.language)
    listed: list[Json] = [
        {"title": one.title, "text": _filled(one.text, known), "language": one.language}
        for one in await _replies(visit)
        if language in ("", one.language)
    ]
    return visit.json(listed)


async def keep(visit: Visit) -> web.StreamResponse:
    """Keep a reply, a new one or a rewritten one."""
    form = visit.form
    title = " ".join(form.get("title", "").split())
    text = form.get("text", "").replace("\r\n", "\n").strip()
    language = form.get("language", "")
    typed = Canned(number(form.get("id", "0")) or 0, _owner(visit), language, title, text)
    is_fine = 0 < len(title) <= _LONGEST_TITLE and 0 < len(text) <= _LONGEST
    if not is_fine or language not in visit.desk.words or "\x00" in text:
        problem = visit.words("desk.talks.canned.problem")
        return _page(visit, await _replies(visit), problem=problem, typed=typed)
    async with visit.desk.store.work() as work:
        kept = await work.keep_canned(typed, visit.now)
        await visit.journal(work, "reply_kept", f"reply:{kept}")
    return visit.back("/desk/replies", done="saved")


async def drop(visit: Visit) -> web.StreamResponse:
    """Drop a reply."""
    this = number(visit.form.get("id", ""))
    if this is None:
        raise Refused(400, "malformed")
    async with visit.desk.store.work() as work:
        await work.drop_canned(this, _owner(visit))
        await visit.journal(work, "reply_dropped", f"reply:{this}")
    return visit.back("/desk/replies", done="dropped")


def _owner(visit: Visit) -> str:
    """Tell whose reply it is; shared ones only who may care for them."""
    if visit.form.get("shared") != "1":
        return visit.staff.login
    if not visit.may("reply.share"):
        raise Refused(403, "forbidden")
    return SHARED


async def _replies(visit: Visit) -> list[Canned]:
    async with visit.desk.store.look() as look:
        return list(await look.canned(visit.staff.login))


def _known(visit: Visit, language: str) -> Mapping[str, str]:
    """Tell what stands for the blanks of replies; the rest is left for whoever writes."""
    values = visit.desk.world(visit.now).values[language]
    return {
        "name": visit.staff.name,
        "phone": values["phone"],
        "hours": values["hours"],
        "insurer": values["insurer"],
    }


def _filled(text: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _page(
    visit: Visit,
    replies: list[Canned],
    *,
    problem: str = "",
    typed: Canned | None = None,
) -> web.Response:
    return visit.page(
        "replies.html.j2",
        status=400 if problem else 200,
        replies=replies,
        problem=problem,
        typed=typed,
        known=_known(visit, visit.words.language),
        shared=SHARED,
    )


ROUTES: Final = (
    Route("GET", "/desk/replies", "reply.use", show),
    Route("GET", "/desk/replies/ready", "reply.use", ready, is_passive=True),
    Route("POST", "/desk/replies", "reply.use", keep),
    Route("POST", "/desk/replies/drop", "reply.use", drop),
)
