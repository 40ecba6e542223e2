"""Events that made the core raise: tried again once the fault is mended, or given up.

Nothing of what a person said is shown: whoever mends the program sees no citizen.
"""

from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import number
from bot.desk.route import Route
from bot.desk.visit import Visit
from bot.letters import Entry, Refused
from bot.retrying import kind_of, may_retry, retry
from storage.parked import Parked

_PAGE: Final = 50


async def show(visit: Visit) -> web.StreamResponse:
    """List what was parked, the newest first."""
    return await _page(visit)


async def again(visit: Visit) -> web.StreamResponse:
    """Try an event again; when the core raises again, say what, and keep it."""
    parked, assistant = await _parked(visit), visit.desk.assistant
    entry = Entry(visit.staff.login, "fault_retried", f"parked:{parked.id}")
    try:
        await retry(parked, assistant.turns, visit.desk.store, visit.desk.clock, entry)
    except Refused:
        return await _page(visit, visit.words("desk.faults.refused"), 409)
    except Exception as error:  # noqa: BLE001 — the turn has logged it; here it is told
        told = visit.words("desk.faults.again", error=type(error).__name__)
        return await _page(visit, told, 409)
    return visit.back("/desk/faults", done="fault_retried")


async def drop(visit: Visit) -> web.StreamResponse:
    """Give an event up."""
    parked = await _parked(visit)
    async with visit.desk.store.work() as work:
        await work.drop_parked(parked.id)
        await visit.journal(work, "fault_dropped", f"parked:{parked.id}", parked.error)
    return visit.back("/desk/faults", done="fault_dropped")


async def _parked(visit: Visit) -> Parked:
    this = number(visit.at["parked"])
    async with visit.desk.store.look() as look:
        found = await look.parked_event(this) if this is not None else None
    if found is None:
        raise TurnedAway(404, "missing")
    return found


async def _page(visit: Visit, problem: str = "", status: int = 200) -> web.Response:
    before = number(visit.query.get("before", ""))
    async with visit.desk.store.look() as look:
        found = await look.parked_before(before, _PAGE + 1)
    more = f"/desk/faults?before={found[_PAGE - 1].id}" if len(found) > _PAGE else ""
    return visit.page(
        "faults.html.j2",
        status=status,
        parked=found[:_PAGE],
        more=more,
        problem=problem,
        kind_of=kind_of,
        may_retry=may_retry,
    )


ROUTES: Final = (
    Route("GET", "/desk/faults", "fault.retry", show),
    Route("POST", "/desk/faults/{parked}/retry", "fault.retry", again),
    Route("POST", "/desk/faults/{parked}/drop", "fault.retry", drop),
)
