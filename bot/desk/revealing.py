"""Showing masked personal data to whoever says what for: each look is in the journal."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from aiohttp import web

from bot.desk.applications.arguments import entry_of
from bot.desk.applications.showing import facts
from bot.desk.dispatch import Refused
from bot.desk.purposes import PURPOSES
from bot.desk.reading import number
from bot.desk.route import Route
from bot.desk.visit import Visit
from dialogs.insured import Insured

_OTHER: Final = "other"
_LONGEST_WORDS: Final = 200

Part: TypeAlias = Literal["enp", "snils", "document", "phone", "born_on"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reference leads to: the text in clear, and the region of whom it is about."""

    text: str
    region: str


Find: TypeAlias = Callable[[Visit, str, str], Awaitable[Kept | None]]
"""Finds what stands under a number or a name, and which part of it; None if nothing does."""

_PARTS: Final[Mapping[str, Callable[[Insured], str]]] = {
    "enp": lambda person: person.enp,
    "snils": lambda person: person.snils,
    "document": lambda person: person.document,
    "phone": lambda person: person.phone,
    "born_on": lambda person: f"{person.born_on:%d.%m.%Y}",
}


async def _insured(visit: Visit, named: str, part: str) -> Kept | None:
    this = number(named)
    if part not in _PARTS or this is None:
        return None
    async with visit.desk.store.look() as look:
        person = await look.insured(this)
    # The register keeps no region: an insurer's own people are seen by whoever sees unknown ones.
    return Kept(_PARTS[part](person), "") if person else None


async def _callback(visit: Visit, named: str, part: str) -> Kept | None:
    talk = number(named)
    if part != "phone" or talk is None:
        return None
    async with visit.desk.store.look() as look:
        found, call = await look.talk(talk), await look.callback(talk)
    return Kept(call.phone, found.talk.region) if found and call else None


async def _answer(visit: Visit, number: str, step: str) -> Kept | None:
    entry = await entry_of(visit, number)
    if entry is None:
        return None
    async with visit.desk.store.look() as look:
        paper = await look.application(number)
    answers = facts(visit, paper) if paper else []
    text = next((one.text for one in answers if one.step == step and one.mask), None)
    return Kept(text, entry.region) if text is not None else None


FOUND: Final[Mapping[str, Find]] = {
    "insured": _insured,
    "callback": _callback,
    "application": _answer,
}
"""Kinds of references, ``kind:number:part``. One of your own is one more line here."""


async def found(visit: Visit) -> Kept | None:
    """Find what a request is about."""
    kind, _, rest = (visit.form.get("what", "") or visit.query.get("what", "")).partition(":")
    number, _, part = rest.rpartition(":")
    return await FOUND[kind](visit, number, part) if kind in FOUND else None


async def region_of(visit: Visit) -> str | None:
    """Find whose region counts."""
    kept = await found(visit)
    return kept.region if kept else None


async def ask(visit: Visit) -> web.StreamResponse:
    """Ask what for, where no script could ask."""
    return _page(visit)


async def reveal(visit: Visit) -> web.StreamResponse:
    """Write the look down, then show."""
    purpose = visit.form.get("purpose", "")
    words = visit.form.get("words", "").strip()[:_LONGEST_WORDS]
    if purpose not in PURPOSES or (purpose == _OTHER and not words):
        problem = visit.words("desk.reveal.problem")
        if visit.is_from_script:
            return visit.json({"error": "purpose", "message": problem}, status=400)
        return _page(visit, problem=problem)
    kept = await found(visit)
    if kept is None:
        raise Refused(404, "missing")
    async with visit.desk.store.work() as work:
        told = f"{purpose}: {words}" if words else purpose
        await visit.journal(work, "personal_revealed", visit.form["what"], told)
    if visit.is_from_script:
        return visit.json({"value": kept.text})
    return _page(visit, shown=kept.text)


def _page(visit: Visit, *, problem: str = "", shown: str = "") -> web.Response:
    came_from = visit.form.get("from", "") or visit.query.get("from", "")
    is_ours = came_from.startswith("/desk/") and "//" not in came_from
    return visit.page(
        "reveal.html.j2",
        status=400 if problem else 200,
        what=visit.form.get("what", "") or visit.query.get("what", ""),
        came_from=came_from if is_ours else "/desk",
        problem=problem,
        shown=shown,
    )


ROUTES: Final = (
    Route("GET", "/desk/reveal", "personal.reveal", ask, region=region_of),
    Route("POST", "/desk/reveal", "personal.reveal", reveal, region=region_of),
)
