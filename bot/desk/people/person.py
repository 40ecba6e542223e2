"""The page of a person, and what is decided there: links to chats, extracts withdrawn."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.desk.deeds import Deed
from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.people import dossier
from bot.desk.reading import key_of, new_key, number
from bot.desk.route import Route
from bot.desk.visit import Visit
from bot.letters import Refused
from bot.ruling import PeopleDecisions
from dialogs.insured import Insured

_LONGEST_REASON: Final = 300

Rule = Callable[[Visit, PeopleDecisions, Insured, str], Awaitable[None]]
"""Makes a decision about a person for a reason; raises `Refused`."""


async def region_of(visit: Visit) -> str | None:
    """Find the region of a person; the register keeps none, so it is the unknown one."""
    return "" if await _find(visit) else None


async def show(visit: Visit) -> web.StreamResponse:
    """Show a person; the look is written down."""
    person = await _person(visit)
    async with visit.desk.store.work() as work:
        await visit.journal(work, "person_viewed", f"insured:{person.id}")
    return await _page(visit, person)


async def _link(visit: Visit, rule: PeopleDecisions, person: Insured, reason: str) -> None:
    this = number(visit.form.get("talk", "").strip())
    async with visit.desk.store.look() as look:
        found = await look.talk(this) if this is not None else None
    if found is None or not visit.sees(found.talk.region):
        raise Refused("there is no such dialog")
    if visit.form.get("seen") != "1":
        raise Refused("the documents have to be seen first")
    who, key = visit.staff.name, key_of(visit)
    await rule.link(found.channel, found.address, person.enp, who, reason, key=key)


async def _unlink(visit: Visit, rule: PeopleDecisions, person: Insured, reason: str) -> None:
    this = number(visit.form.get("chat", ""))
    async with visit.desk.store.look() as look:
        met = next(
            (one for one in await look.chats_of_person(person.id) if one.chat_id == this), None
        )
    if met is None:
        raise Refused("this person is not linked to this chat")
    who, key = visit.staff.name, key_of(visit)
    await rule.unlink(met.channel, met.address, person.id, who, reason, key=key)


async def _withdraw(visit: Visit, rule: PeopleDecisions, person: Insured, reason: str) -> None:
    asked = visit.form.get("extract", "")
    async with visit.desk.store.look() as look:
        if await look.person_of_extract(asked) != person.id:
            raise Refused("this extract is not of this person")
    await rule.withdraw(asked, visit.staff.name, reason, key=key_of(visit))


DECISIONS: Final[Mapping[str, tuple[Rule, Deed]]] = {
    "link": (_link, "person_linked"),
    "unlink": (_unlink, "person_unlinked"),
    "withdraw": (_withdraw, "extract_withdrawn"),
}
"""By the last part of the address: what is done, and what it is called in the journal."""


async def decide(visit: Visit) -> web.StreamResponse:
    """Do what a button of the page means; the citizen is told at once, with the reason."""
    person, name = await _person(visit), visit.at["decision"]
    if name not in DECISIONS:
        raise TurnedAway(404, "missing")
    rule, deed = DECISIONS[name]
    reason = " ".join(visit.form.get("reason", "").split())[:_LONGEST_REASON]
    if not reason:
        return await _page(visit, person, problem=visit.words("desk.case.no_reason"), status=400)
    desk = visit.desk
    decisions = PeopleDecisions(desk.assistant.turns, desk.store, desk.clock, visit.staff.login)
    try:
        await rule(visit, decisions, person, reason)
    except Refused:
        problem = visit.words(f"desk.case.refused.{name}")
        return await _page(visit, person, problem=problem, status=409)
    return visit.back(f"/desk/people/{person.id}", done=deed)


async def _find(visit: Visit) -> Insured | None:
    this = number(visit.at["person"])
    async with visit.desk.store.look() as look:
        return await look.insured(this) if this is not None else None


async def _person(visit: Visit) -> Insured:
    found = await _find(visit)
    if found is None:
        raise TurnedAway(404, "missing")
    return found


async def _page(
    visit: Visit, person: Insured, *, problem: str = "", status: int = 200
) -> web.Response:
    async with visit.desk.store.look() as look:
        kept = await dossier.of(visit, look, person)
    return visit.page(
        "person.html.j2",
        status=status,
        person=person,
        kept=kept,
        problem=problem,
        key=new_key(),
        typed=visit.form,
        longest=_LONGEST_REASON,
    )


_PERSON: Final = "/desk/people/{person:\\d+}"

ROUTES: Final = (
    Route("GET", _PERSON, "person.search", show, region=region_of),
    Route("POST", f"{_PERSON}/{{decision}}", "application.decide", decide, region=region_of),
)
