"""Talks that time moves: a lease that has ended, a parked one that wakes."""

import asyncio
import logging
from datetime import datetime

from bot.channels.base import Intake
from bot.letters import Refused
from bot.takeover.deeds import CLOCK, Deed, Lapse, Wake
from dialogs.talk_events import SetAside
from storage.db import Store
from storage.talks import DueTalk

_PAGE = 64  # a batch of turns, so that dialogs come in between

_log = logging.getLogger(__name__)


async def move_due(store: Store, turns: Intake, now: datetime) -> None:
    """Return the talks of those who are silent, and wake those whose moment has come.

    Whoever replies in the same moment is not overrun: the turn looks again. What fails is tried
    at the next tick.
    """
    async with store.look() as look:
        page = await look.due_talks(now, _PAGE)
    moved = await asyncio.gather(
        *(turns.take(_deed(due, now)) for due in page), return_exceptions=True
    )
    for error in moved:
        if isinstance(error, BaseException) and not isinstance(error, Refused):
            _log.error("a talk was not moved in time: %s", type(error).__name__)


def _deed(due: DueTalk, now: datetime) -> Deed:
    talk = due.talk
    wish = Wake() if talk.state == "parked" else Lapse()
    moment = talk.due_at.isoformat() if talk.due_at else ""
    return Deed(
        channel=due.channel,
        chat=due.address,
        key=f"due:{talk.id}:{talk.moves}:{moment}",
        incoming=SetAside(),
        sent_at=now,
        talk=talk.id,
        by=CLOCK,
        wish=wish,
    )
