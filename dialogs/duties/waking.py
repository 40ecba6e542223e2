"""A duty's moment has come: only the latest rung is said, and what it says is true today."""

from dataclasses import replace

from dialogs import decency, filling
from dialogs.duties import telling
from dialogs.duties.ladder import ahead, is_useless
from dialogs.duties.register import synced
from dialogs.effects import Effect, Missed
from dialogs.session import Session
from dialogs.turn import Turn
from dialogs.world import World


def woke(session: Session, name: str, world: World) -> Turn:
    """Say what is due by now; the rungs passed over meanwhile are folded into it."""
    today = decency.day_there(session, world)
    session = synced(session, world.people, today)  # the record may have changed
    duty = next((one for one in session.duties if one.reminder == name), None)
    if duty is None:
        return Turn(session)
    due = [rung for rung in ahead(duty) if rung.day <= today]
    if not due:
        return Turn(session)
    told = session.with_duty(replace(duty, told_on=today, again_on=None))
    if is_useless(duty, today):
        return Turn(told, (Missed("duty", len(due)),))
    said = telling.at_rung(session, duty, due[-1], world)
    folded: tuple[Effect, ...] = (Missed("duty", len(due) - 1),) if due[1:] else ()
    if not session.is_asking:
        return Turn(told, (*folded, said))
    return Turn(told, (*folded, said, filling.open_question(told, world)))
