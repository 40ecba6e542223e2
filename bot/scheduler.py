"""Ticks: APScheduler calls, the database says what there is to do."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.assistant import Assistant
from bot.reminding import wake_due
from bot.settings import Settings
from bot.summing import SUMMED_AFTER, sum_up
from bot.takeover.gauging import gauge
from bot.takeover.lapsing import move_due
from dialogs.attempts import FORGOTTEN
from storage.db import Store
from storage.work import Work

Forget: TypeAlias = Callable[[datetime, int], Awaitable[int]]

# Telegram repeats a delivery for a day, WhatsApp for a week: older keys cannot come again.
_KEYS_KEPT = timedelta(days=30)
_QUESTIONS_KEPT = timedelta(days=180)
_TICK = 20  # seconds; nobody has asked to be reminded to the second
_AT_ONCE = 500  # rows a transaction, so that no turn waits long for a sweep
_PROOFS_KEPT = timedelta(hours=1)
_SIGN_INS_KEPT = timedelta(days=1)  # none lives as long
_WINDOWS_KEPT = timedelta(days=1)  # after their end
_FILES_AT_ONCE = 20  # up to 5 MB each
_LOOSE_FILES_KEPT = timedelta(days=1)  # the turn that was to place them never came


@contextmanager
def ticking(assistant: Assistant, settings: Settings) -> Iterator[None]:
    """Tick inside the block."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        sweep,
        "interval",
        hours=1,
        args=(
            assistant.store,
            assistant.clock,
            timedelta(days=settings.history_days),
            timedelta(days=settings.records_days),
        ),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.add_job(
        _wake,
        "interval",
        seconds=_TICK,
        args=(assistant,),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _wake(assistant: Assistant) -> None:
    await wake_due(assistant.store, assistant.turns, assistant.clock())
    await move_due(assistant.store, assistant.turns, assistant.clock())
    await gauge(assistant.store, assistant.metrics, assistant.clock())
    zone = assistant.knowledge.organisation.zone
    await sum_up(assistant.store, zone, assistant.clock())


async def sweep(
    store: Store, clock: Callable[[], datetime], history: timedelta, records: timedelta
) -> None:
    """Delete what has been kept for its term, a bounded number of rows at a time.

    Applications go before consents, which are kept for as long as an application rests on them.
    """
    now = clock()
    terms: tuple[tuple[Callable[[Work], Forget], timedelta, int], ...] = (
        (lambda work: work.forget_messages, history, _AT_ONCE),
        (lambda work: work.forget_inbox, _KEYS_KEPT, _AT_ONCE),
        (lambda work: work.forget_receipts, history, _AT_ONCE),
        (lambda work: work.forget_parked, history, _AT_ONCE),
        (lambda work: work.forget_wondered, _QUESTIONS_KEPT, _AT_ONCE),
        (lambda work: work.forget_files, history, _FILES_AT_ONCE),
        (lambda work: work.forget_talks, history, _AT_ONCE),
        (lambda work: work.forget_notes, history, _AT_ONCE),
        (lambda work: work.forget_facts, max(history, SUMMED_AFTER), _AT_ONCE),
        (lambda work: work.forget_fillings, max(history, SUMMED_AFTER), _AT_ONCE),
        (lambda work: work.forget_proofs, _PROOFS_KEPT, _AT_ONCE),
        (lambda work: work.forget_attempts, FORGOTTEN, _AT_ONCE),
        (lambda work: work.forget_sessions, _SIGN_INS_KEPT, _AT_ONCE),
        (lambda work: work.forget_window_links, _WINDOWS_KEPT, _AT_ONCE),
        (lambda work: work.forget_windows, _WINDOWS_KEPT, _AT_ONCE),
        (lambda work: work.forget_move_codes, _WINDOWS_KEPT, _AT_ONCE),
        (lambda work: work.forget_loose_files, _LOOSE_FILES_KEPT, _FILES_AT_ONCE),
        (lambda work: work.forget_identity, records, _AT_ONCE),
        (lambda work: work.forget_extracts, records, _AT_ONCE),
        (lambda work: work.forget_applications, records, _AT_ONCE),
        (lambda work: work.forget_consents, records, _AT_ONCE),
        (lambda work: work.forget_recipients, records, _AT_ONCE),
        (lambda work: work.forget_notice_files, records, _FILES_AT_ONCE),
    )
    for forget, kept, at_once in terms:
        deleted = at_once
        while deleted == at_once:
            async with store.work() as work:
                deleted = await forget(work)(now - kept, at_once)
