"""A second try for events that made the core raise, once the fault is mended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot import events
from bot.channels.base import Intake
from bot.letters import Entry, OfStaff, Refused
from storage.db import Store
from storage.parked import Parked

TRIED: Final = frozenset(
    {
        "opened",
        "said",
        "pressed",
        "attached",
        "unreadable",
        "vouched",
        "stopped",
        "returned",
        "woke",
    }
)
"""What a person did or the clock. The answers of the world belong to a turn that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry(OfStaff):
    """An event once more: what the person said stands in the history since the first time."""


def kind_of(parked: Parked) -> str:
    """Name what happened, without a word of what was said."""
    return str(parked.event.get("event", "")) if isinstance(parked.event, dict) else ""


def may_retry(parked: Parked) -> bool:
    """Tell whether an event can be tried again."""
    return bool(parked.address) and kind_of(parked) in TRIED


async def retry(
    parked: Parked,
    turns: Intake,
    store: Store,
    clock: Callable[[], datetime],
    entry: Entry | None = None,
) -> None:
    """Let an event have its turn, and forget it; done once, however often it is asked for.

    The turn writes the ``entry`` into the journal. Raises `Refused` for what cannot be tried, and
    whatever the core raises again; then nothing was written, the person was told nothing, and the
    event is kept.
    """
    if not may_retry(parked) or not isinstance(parked.event, dict):
        raise Refused("this event belongs to a turn that is gone")
    try:
        incoming = events.read(parked.event)
    except ValueError:
        raise Refused("this event is of a version that is not read any more") from None
    await turns.take(
        Retry(
            channel=parked.channel,
            chat=parked.address,
            key=f"retry:{parked.id}",
            incoming=incoming,
            sent_at=clock(),
            entry=entry,
        )
    )
    async with store.work() as work:
        await work.drop_parked(parked.id)
