"""Moves of a talk: taking, parking, passing on, giving back, closing; and labels."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.desk.dispatch import Refused as TurnedAway
from bot.desk.reading import key_of, number
from bot.desk.route import Route
from bot.desk.talks.arguments import by, moment, region_of, talk_of
from bot.desk.talks.colleagues import colleagues
from bot.desk.talks.composing import LONGEST
from bot.desk.talks.refusing import elsewhere, refused
from bot.desk.visit import Visit
from bot.takeover.leading import Elsewhere, Refused, Representative
from storage.talk_lists import Listed

Move = Callable[[Visit, Listed], Awaitable[None]]

PAUSES: Final = ("15", "60", "180", "tomorrow")
"""Until when a talk is parked by a button: minutes from now, or tomorrow morning."""

_LONGEST_LABEL: Final = 40


async def _claim(visit: Visit, found: Listed) -> None:
    await visit.desk.assistant.leading.claim(found.talk.id, by(visit), key=key_of(visit))


async def _park(visit: Visit, found: Listed) -> None:
    until = moment(visit, visit.form.get("until", ""))
    if until is None:
        raise Refused("there is no such moment")
    leading = visit.desk.assistant.leading
    await leading.park(found.talk.id, by(visit), until, key=key_of(visit))


async def _take_up(visit: Visit, found: Listed) -> None:
    await visit.desk.assistant.leading.take_up(found.talk.id, by(visit), key=key_of(visit))


async def _pass_on(visit: Visit, found: Listed) -> None:
    login, note = visit.form.get("to", ""), visit.form.get("note", "").strip()[:LONGEST]
    able = {one.login: one for one in await colleagues(visit, found.talk)}
    if login and login not in able:
        raise Refused("nobody of that name could lead it")
    to = Representative(login, able[login].name) if login else None
    leading = visit.desk.assistant.leading
    await leading.pass_on(found.talk.id, by(visit), to, note, key=key_of(visit))


async def _give_back(visit: Visit, found: Listed) -> None:
    await visit.desk.assistant.leading.give_back(found.talk.id, by(visit), key=key_of(visit))


async def _close(visit: Visit, found: Listed) -> None:
    outcome = visit.form.get("outcome", "")
    await visit.desk.assistant.leading.close(found.talk.id, by(visit), outcome, key=key_of(visit))


async def _label(visit: Visit, found: Listed) -> None:
    name = " ".join(visit.form.get("label", "").split())[:_LONGEST_LABEL]
    if not name or not name.isprintable():
        raise Refused("a label has a name")
    async with visit.desk.store.work() as work:
        await work.label(found.talk.chat_id, name, visit.staff.login, visit.now)
        await visit.journal(work, "dialog_moved", f"talk:{found.talk.id}", "label")


async def _unlabel(visit: Visit, found: Listed) -> None:
    async with visit.desk.store.work() as work:
        await work.unlabel(found.talk.chat_id, visit.form.get("label", ""))
        await visit.journal(work, "dialog_moved", f"talk:{found.talk.id}", "unlabel")


async def _again(visit: Visit, found: Listed) -> None:
    """Send a message that has failed once more."""
    seq = number(visit.form.get("seq", "")) or 0
    async with visit.desk.store.look() as look:
        fared = (await look.deliveries(found.talk.chat_id, seq, 1)).get(seq)
    async with visit.desk.store.work() as work:
        if fared is None or not await work.send_again(fared.id, visit.now):
            raise Refused("it has not failed")
        await visit.journal(work, "dialog_moved", f"talk:{found.talk.id}", "again")


MOVES: Final[Mapping[str, tuple[Move, str]]] = {
    "claim": (_claim, "claimed"),
    "park": (_park, "parked"),
    "take-up": (_take_up, "claimed"),
    "pass-on": (_pass_on, "passed_on"),
    "give-back": (_give_back, "given_back"),
    "close": (_close, "closed"),
    "label": (_label, "labelled"),
    "unlabel": (_unlabel, "unlabelled"),
    "again": (_again, "sent_again"),
}
"""By the last part of the address: what is done, and what the page says of it afterwards."""

_LEFT: Final = frozenset({"pass-on", "give-back", "close"})
"""After these the dialog is somebody else's, and its representative goes on to the list."""


async def move(visit: Visit) -> web.StreamResponse:
    """Do what a button of the page means; what is refused is said on the page."""
    found, name = await talk_of(visit), visit.at["move"]
    if name not in MOVES:
        raise TurnedAway(404, "missing")
    act, done = MOVES[name]
    try:
        await act(visit, found)
    except Elsewhere as gone:
        return await refused(visit, elsewhere(visit, gone))
    except Refused:
        return await refused(visit, visit.words(f"desk.talks.refused.{name}"))
    where = "/desk/talks?view=mine" if name in _LEFT else f"/desk/talks/{found.talk.id}"
    return visit.back(where, done=done)


ROUTES: Final = (
    Route("POST", "/desk/talks/{talk:\\d+}/move/{move}", "dialog.lead", move, region=region_of),
)
