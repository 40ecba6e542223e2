"""Seeing a notice oneself before others do: a chat of one's own is named, and it comes there."""

from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices.arguments import notice_of
from bot.desk.notices.pages import page
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.notices.refusals import Faulty, NotHere
from storage.notice_trials import Trial


async def link(visit: Visit) -> web.StreamResponse:
    """Show the code that somebody types in their own chat; it stands in no address."""
    one = await notice_of(visit)
    code = await visit.desk.assistant.trials.code(visit.staff.login)
    typed = f"{visit.words('desk.notice.trial.word')} {code[:4]} {code[4:]}"
    return await page(visit, one, code=typed)


async def send(visit: Visit) -> web.StreamResponse:
    """Send the notice to the visitor's own chat."""
    one, chat = await notice_of(visit), await _chat(visit)
    try:
        await visit.desk.assistant.trials.send(one, chat)
    except Faulty as faulty:
        problem = visit.words("desk.notice.refused.faulty")
        return await page(visit, one, problem, faulty.faults, status=409)
    except NotHere:
        problem = visit.words("desk.notice.refused.not_here")
        return await page(visit, one, problem, status=409)
    async with visit.desk.store.work() as work:
        await visit.journal(work, "notice_tried", f"notice:{one.id}")
    return visit.back(f"/desk/notices/{one.id}", done="notice_tried")


async def part(visit: Visit) -> web.StreamResponse:
    """Forget that a chat is the visitor's."""
    one, chat = await notice_of(visit), await _chat(visit)
    await visit.desk.assistant.trials.part(visit.staff.login, chat.chat_id)
    return visit.back(f"/desk/notices/{one.id}", done="notice_parted")


async def _chat(visit: Visit) -> Trial:
    asked = number(visit.form.get("chat", ""))
    for chat in await visit.desk.assistant.trials.chats(visit.staff.login):
        if chat.chat_id == asked:
            return chat
    raise TurnedAway(404, "missing")


ROUTES: Final = tuple(
    Route("POST", f"/desk/notices/{{notice:\\d+}}/{name}", "notice.write", act, region=FILTERED)
    for name, act in (("trial-code", link), ("trial", send), ("trial-part", part))
)
