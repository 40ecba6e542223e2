"""A moment has come that the conversation had asked for: whether to speak, and of what."""

from datetime import timedelta

from dialogs import applying, calling, decency
from dialogs.duties import waking as duties
from dialogs.effects import Missed, Remind
from dialogs.incoming import Woke
from dialogs.lateness import is_too_late
from dialogs.session import Session
from dialogs.turn import Turn
from dialogs.world import World

_ON_ITS_WAY = timedelta(minutes=1)
_PAUSE = timedelta(hours=3)  # a representative is done by then, or one looks again


def woke(session: Session, event: Woke, world: World) -> Turn:
    """Wait while a person leads the dialog and at night; else look again at what it was for."""
    if world.has_left:  # it is on its way to the chat where the conversation goes on
        return Turn(session, (Remind(event.name, world.now + _ON_ITS_WAY),))
    if event.name == calling.WAITING:  # somebody waits for a person, whatever the hour
        return calling.still_waiting(session)
    here = decency.here(session, world)
    fitting = decency.decent(here + _PAUSE if session.led_by else here)
    if fitting != here:
        return Turn(session, (Remind(event.name, fitting),))
    kind = event.name.partition(":")[0]
    if is_too_late(kind, event.due_at, world.now):
        return Turn(session, (Missed(kind),))
    if kind == "duty":
        return duties.woke(session, event.name, world)
    return applying.woke(session, event.name, world)
