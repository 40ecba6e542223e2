"""Waking conversations at the moments they have asked for."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final

from bot.channels.base import Intake
from bot.letters import Alarm
from dialogs.incoming import Woke
from storage.db import Store
from storage.reminders import Due

_LEASE: Final = timedelta(minutes=1)  # what a process that died had taken up waits this long
_PAGE: Final = 64  # reminders at a time: a batch of turns, so that dialogs come in between

_log = logging.getLogger(__name__)


async def wake_due(store: Store, turns: Intake, now: datetime) -> None:
    """Wake every conversation whose moment has come, however long ago.

    A reminder is taken up by one process at a time, and taken out by the turn that it causes,
    in one transaction: whoever is killed, none is lost and none comes twice. What fails is
    tried again when the lease has lapsed.
    """
    async with store.look() as look:
        if not await look.has_due_reminders(now):
            return
    while True:
        async with store.work() as work:
            page = await work.claim_reminders(now, _LEASE, _PAGE)
        woken = await asyncio.gather(
            *(turns.take(alarm(due, now)) for due in page), return_exceptions=True
        )
        for error in (one for one in woken if isinstance(one, BaseException)):
            # By class: a message may tell of people.
            _log.error("a reminder did not wake its conversation: %s", type(error).__name__)
        if len(page) < _PAGE:
            return


def alarm(due: Due, now: datetime) -> Alarm:
    """Write the letter that wakes a conversation."""
    return Alarm(
        channel=due.channel,
        chat=due.address,
        key=f"woke:{due.address}:{due.name}:{due.due_at.isoformat()}",
        incoming=Woke(due.name, due.due_at),
        sent_at=now,
        due_at=due.due_at,
    )
