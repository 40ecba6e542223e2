"""Events that made the core raise, kept for a second try."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from dialogs.json import Json
from storage.schema import chat, parked


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


@dataclass(frozen=True, slots=True)
class Parked:
    """A kept event; ``address`` is the person's, empty when there was no chat to give it to."""

    id: int
    at: datetime
    channel: str
    address: str = field(repr=False)
    event: Json = field(repr=False)
    error: str


_PARKED = select(
    parked.c.id, parked.c.at, parked.c.channel, chat.c.address, parked.c.event, parked.c.error
).outerjoin(chat, chat.c.id == parked.c.chat_id)
_BEFORE = (
    _PARKED.where(parked.c.id < bindparam("before"))
    .order_by(parked.c.id.desc())
    .limit(bindparam("limit"))
)
_END = 2**62  # past every number
_ONE = _PARKED.where(parked.c.id == bindparam("this"))
_DROP = delete(parked).where(parked.c.id == bindparam("this"))


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


def before(connection: Connection, place: int | None, limit: int) -> list[Parked]:
    """Read events kept before a place (None: the newest), the newest first."""
    where = {"before": _END if place is None else place, "limit": limit}
    return [_read(row) for row in connection.execute(_BEFORE, where)]


def one(connection: Connection, this: int) -> Parked | None:
    """Look at one event."""
    row = connection.execute(_ONE, {"this": this}).one_or_none()
    return _read(row) if row else None


def drop(connection: Connection, this: int) -> None:
    """Forget an event that has had its turn, or will have none."""
    connection.execute(_DROP, {"this": this})


def _read(row: Row[*tuple[Any, ...]]) -> Parked:
    return Parked(row.id, row.at, row.channel, row.address or "", row.event, row.error)
