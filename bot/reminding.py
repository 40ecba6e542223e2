"""Waking conversations at the moments they have asked for."""

import asyncio
import logging
from datetime import datetime

from bot.channels.base import Intake
from bot.letters import Alarm
from dialogs.incoming import Woke
from storage.db import Store
from storage.reminders import Due

_PAGE = 64  # reminders at a time: a batch of turns, so that dialogs come in between

_log = logging.getLogger(__name__)


async def wake_due(store: Store, turns: Intake, now: datetime) -> None:
    """Wake every conversation whose moment has come, however long ago.

    A reminder is taken out by the turn that it causes, in one transaction: whoever is killed,
    none is lost and none comes twice. What fails is tried at the next tick.
    """
    last: Due | None = None
    while True:
        async with store.look() as look:
            page = await look.due_reminders(now, _PAGE, last)
        woken = await asyncio.gather(
            *(turns.take(_alarm(due, now)) for due in page), return_exceptions=True
        )
        failures = [error for error in woken if isinstance(error, BaseException)]
        for error in failures:  # by class: a message may tell of people
            _log.error("a reminder did not wake its conversation: %s", type(error).__name__)
        if len(page) < _PAGE or len(failures) == len(page):
            return
        last = page[-1]


def _alarm(due: Due, now: datetime) -> Alarm:
    return Alarm(
        channel=due.channel,
        chat=due.address,
        key=f"woke:{due.address}:{due.name}:{due.due_at.isoformat()}",
        incoming=Woke(due.name),
        sent_at=now,
        due_at=due.due_at,
    )
