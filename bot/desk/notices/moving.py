"""What is done to a notice: approved, sent, paused, gone on with, stopped, followed up."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.notices.arguments import begun, by, notice_of, press_of, why
from bot.desk.notices.pages import page
from bot.desk.permissions import Permission
from bot.desk.reading import number
from bot.desk.route import FILTERED, Route
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.notices.approval import Seen
from bot.notices.refusals import Faulty
from storage.notices import Notice

_LONGEST: Final = 300

Act = Callable[[Visit, Notice], Awaitable[int | None]]
"""Does a deed; returns the number of a notice that has come of it, if one has."""


async def _submit(visit: Visit, one: Notice) -> None:
    await visit.desk.assistant.notices.submit(one.id, by(visit))


async def _approve(visit: Visit, one: Notice) -> None:
    await visit.desk.assistant.notices.approve(one.id, _seen(visit), by(visit))


async def _send_back(visit: Visit, one: Notice) -> None:
    told = " ".join(visit.form.get("why", "").split())[:_LONGEST]
    await visit.desk.assistant.notices.send_back(one.id, by(visit), told)


async def _send(visit: Visit, one: Notice) -> None:
    await visit.desk.assistant.notices.send(one.id, _seen(visit), by(visit))


async def _pause(visit: Visit, one: Notice) -> None:
    await visit.desk.assistant.notices.pause(one.id, by(visit))


async def _resume(visit: Visit, one: Notice) -> None:
    seen = _seen(visit) if one.state == "held" else None
    await visit.desk.assistant.notices.resume(one.id, by(visit), seen)


async def _stop(visit: Visit, one: Notice) -> int | None:
    notices = visit.desk.assistant.notices
    if visit.form.get("rest") == "new_notice":
        return await notices.stop(one.id, by(visit), "new_notice")
    return await notices.stop(one.id, by(visit))


async def _discard(visit: Visit, one: Notice) -> None:
    await visit.desk.assistant.notices.discard(one.id, by(visit))


async def _missed(visit: Visit, one: Notice) -> int:
    return await visit.desk.assistant.notices.missed(one.id, by(visit), key=press_of(visit))


async def _correct(visit: Visit, one: Notice) -> int:
    return await visit.desk.assistant.notices.correction(one.id, by(visit), key=press_of(visit))


async def _copy(visit: Visit, one: Notice) -> int:
    return await visit.desk.assistant.notices.copy(one.id, by(visit), key=press_of(visit))


DEEDS: Final[Mapping[str, tuple[Act, Permission]]] = {
    "submit": (_submit, "notice.write"),
    "approve": (_approve, "notice.approve"),
    "send-back": (_send_back, "notice.approve"),
    "send": (_send, "notice.write"),
    "pause": (_pause, "notice.write"),
    "resume": (_resume, "notice.write"),
    "stop": (_stop, "notice.write"),
    "discard": (_discard, "notice.write"),
    "missed": (_missed, "notice.write"),
    "correct": (_correct, "notice.write"),
    "copy": (_copy, "notice.write"),
}
"""By the last part of the address: what is done, and who may."""

FRESH: Final = frozenset({"missed", "correct", "copy"})
"""Deeds that begin another notice, which is edited next."""


def _seen(visit: Visit) -> Seen:
    """Read what the page showed beside the button: the words, and how many get them."""
    revision, people = (number(visit.form.get(name, "")) for name in ("revision", "expected"))
    if revision is None or people is None:
        raise TurnedAway(400, "malformed")
    return Seen(revision, people)


def _deed(name: str) -> Callable[[Visit], Awaitable[web.StreamResponse]]:
    act, _ = DEEDS[name]

    async def do(visit: Visit) -> web.StreamResponse:
        one = await notice_of(visit)
        if name in FRESH and (again := await begun(visit, press_of(visit))):
            return visit.back(f"/desk/notices/{again}/edit")
        try:
            made = await act(visit, one)
        except Faulty as faulty:
            problem = visit.words("desk.notice.refused.faulty")
            return await page(visit, one, problem, faulty.faults, status=409)
        except Refused as refused:
            return await page(visit, await notice_of(visit), why(visit, refused), status=409)
        async with visit.desk.store.work() as work:
            await visit.journal(work, "notice_moved", f"notice:{one.id}", name)
        if name in FRESH:
            return visit.back(f"/desk/notices/{made}/edit")
        return visit.back(f"/desk/notices/{made or one.id}", done=f"notice_{name}")

    return do


ROUTES: Final = tuple(
    Route("POST", f"/desk/notices/{{notice:\\d+}}/{name}", needs, _deed(name), region=FILTERED)
    for name, (_, needs) in DEEDS.items()
)
