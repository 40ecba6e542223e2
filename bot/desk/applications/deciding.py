"""Moves of an application; the citizen is told each of them in the same transaction."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.deciding import Deciding, HasIt, NotAllowed, Refused
from bot.desk.applications.arguments import Found, found, region_of
from bot.desk.applications.entering import GROUPED
from bot.desk.applications.page import write
from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import key_of
from bot.desk.route import Route
from bot.desk.visit import Visit

Move = Callable[[Visit, Deciding, Found], Awaitable[None]]

_LONGEST: Final = 1000  # characters of a reason
_CONFLICT: Final = 409


def _reason(visit: Visit) -> str:
    return visit.form.get("reason", "").strip()[:_LONGEST]


async def _take(visit: Visit, deciding: Deciding, one: Found) -> None:
    await deciding.take(one.entry.number, visit.staff.name, key=key_of(visit))


async def _take_over(visit: Visit, deciding: Deciding, one: Found) -> None:
    number, seen = one.entry.number, visit.form.get("seen", "")
    await deciding.take_over(number, visit.staff.name, seen, key=key_of(visit))


async def _release(visit: Visit, deciding: Deciding, one: Found) -> None:
    await deciding.release(one.entry.number, visit.staff.name, key=key_of(visit))


async def _clarify(visit: Visit, deciding: Deciding, one: Found) -> None:
    steps = tuple(dict.fromkeys(visit.form.getall("step", [])))
    number, name = one.entry.number, visit.staff.name
    await deciding.clarify(number, name, steps, _reason(visit), key=key_of(visit))


async def _approve(visit: Visit, deciding: Deciding, one: Found) -> None:
    await deciding.approve(one.entry.number, visit.staff.name, key=key_of(visit))


async def _reject(visit: Visit, deciding: Deciding, one: Found) -> None:
    number, name = one.entry.number, visit.staff.name
    await deciding.reject(number, name, _reason(visit), key=key_of(visit))


async def _complete(visit: Visit, deciding: Deciding, one: Found) -> None:
    if one.entry.form in GROUPED and visit.form.get("entered") != "1":
        raise Refused("what is entered by hand is confirmed by whoever entered it")
    await deciding.complete(one.entry.number, visit.staff.name, key=key_of(visit))


MOVES: Final[Mapping[str, Move]] = {
    "take": _take,
    "take-over": _take_over,
    "release": _release,
    "clarify": _clarify,
    "approve": _approve,
    "reject": _reject,
    "complete": _complete,
}
"""By the last part of the address; the page says afterwards ``desk.done.application.<name>``."""


async def move(visit: Visit) -> web.StreamResponse:
    """Do what a button of the page means; what is refused is said on the page, nothing is lost."""
    one, name = await found(visit), visit.at["move"]
    if name not in MOVES:
        raise TurnedAway(404, "missing")
    try:
        await MOVES[name](visit, _deciding(visit), one)
    except HasIt as theirs:
        key = "desk.application.has_it" if theirs.name else "desk.application.nobody_has_it"
        return await _refused(visit, visit.words(key, name=theirs.name))
    except NotAllowed as late:
        problem = visit.words("desk.application.moved_on", state=visit.words(f"state.{late.here}"))
        return await _refused(visit, problem)
    except Refused:
        return await _refused(visit, visit.words(f"desk.application.refused.{name}"))
    return visit.back(f"/desk/applications/{one.entry.number}", done=f"application.{name}")


def _deciding(visit: Visit) -> Deciding:
    desk = visit.desk
    return Deciding(desk.assistant.turns, desk.store, desk.clock, visit.staff.login)


async def _refused(visit: Visit, problem: str) -> web.Response:
    kept = _reason(visit)
    return await write(visit, await found(visit), problem=problem, kept=kept, status=_CONFLICT)


ROUTES: Final = (
    Route(
        "POST",
        "/desk/applications/{number:[0-9-]+}/move/{move}",
        "application.decide",
        move,
        region=region_of,
    ),
)
