"""Events that made the core raise, kept for a second try."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert

from dialogs.json import Json
from storage.schema import parked


@dataclass(frozen=True, slots=True)
class Parking:
    """One event; ``error`` is the name of the exception's class, which tells nothing of people.

    ``chat_id`` is None when the event could not even be given to a chat.
    """

    chat_id: int | None
    channel: str
    key: str
    event: Json = field(repr=False)
    error: str


def park(connection: Connection, events: Iterable[Parking], now: datetime) -> None:
    """Keep events that the core could not take."""
    rows = [
        {
            "chat_id": one.chat_id,
            "channel": one.channel,
            "key": one.key,
            "event": one.event,
            "error": one.error,
            "at": now,
        }
        for one in events
    ]
    if rows:
        connection.execute(insert(parked), rows)
