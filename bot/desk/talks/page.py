"""The page of a dialog, whoever asks for it: to look, or because a deed was refused."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.desk.reading import new_key
from bot.desk.talks import case, showing
from bot.desk.talks.arguments import place
from bot.desk.talks.colleagues import colleagues
from bot.desk.talks.guarding import guard
from bot.desk.visit import Visit
from dialogs.message import Message
from dialogs.talk import LED, OUTCOMES
from storage.talk_lists import Listed
from storage.work import Look

PAGE: Final = 60
"""Messages at once."""

_SPOKEN: Final = (
    "desk.talks.canned.none",
    "desk.talks.file.not_in_note",
    "desk.talks.file.sending",
    "desk.talks.kept",
    "desk.talks.not_kept",
    "desk.talks.photo",
    "desk.talks.smaller",
    "desk.talks.larger",
    "desk.talks.turn",
    "desk.talks.unsent",
)


async def write(
    visit: Visit, found: Listed, *, problem: str = "", kept: str | None = None, status: int = 200
) -> web.Response:
    """Write the page of a dialog, with what went wrong and the words that must not be lost."""
    talk, at = found.talk, place(visit, "at")
    until = at + PAGE // 2 if at else None
    async with visit.desk.store.work() as work:
        await work.look_at_talk(talk.id, visit.staff.login)
        if not problem:
            await visit.journal(work, "dialog_viewed", f"talk:{talk.id}")
    async with visit.desk.store.look() as look:
        newest = await look.chat(found.channel, found.address)
        history = await look.messages_before(found.channel, found.address, until, PAGE)
        lines = await lines_of(visit, look, talk.chat_id, history)
        composed = dict(await look.composed(visit.staff.login, talk.id))
        enclosed = await look.enclosed(visit.staff.login, talk.id)
        moves = await look.talk_moves(talk.id)
        call = await look.callback(talk.id)
        beside = await case.of(visit, look, found)
    if kept is not None:
        composed["citizen"] = kept
    return visit.page(
        "talk.html.j2",
        status=status,
        listed=found,
        talk=talk,
        who=beside.who,
        topic=showing.topic(visit, talk.topic),
        waits=showing.waits(talk, visit.now, visit.words),
        norm=showing.norm(talk, visit.now),
        is_mine=is_mine(visit, found),
        lines=lines,
        last=history[-1].seq if history else 0,
        is_back=bool(history) and newest is not None and history[-1].seq < newest.last_seq,
        older=history[0].seq if history and history[0].seq > 1 else 0,
        composed=composed,
        enclosed=enclosed,
        warnings=guard(visit, beside, composed.get("citizen", ""), is_enclosing=bool(enclosed)),
        moves=moves,
        call=call,
        case=beside,
        outcomes=OUTCOMES,
        colleagues=await colleagues(visit, talk),
        key=new_key(),
        problem=problem,
        spoken=visit.spoken(*_SPOKEN),
    )


def is_mine(visit: Visit, found: Listed) -> bool:
    """Tell whether whoever looks leads the talk."""
    return found.talk.representative == visit.staff.login and found.talk.state in LED


async def lines_of(
    visit: Visit, look: Look, chat_id: int, history: Sequence[Message]
) -> list[showing.Line]:
    """Show messages of a chat with how each fared."""
    if not history:
        return []
    fared = await look.deliveries(chat_id, history[0].seq, len(history))
    return showing.lines(visit, history, fared)
