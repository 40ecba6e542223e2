"""Reminders: the moments at which conversations have asked to be woken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, and_, bindparam, delete, select, tuple_, update

from storage.schema import chat, reminder
from storage.statements import insert_absent, pages

Wish: TypeAlias = tuple[int, str, datetime]
"""A chat's id, a reminder's name in it, and the moment."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose moment has come, and where."""

    chat_id: int
    channel: str
    address: str
    name: str
    due_at: datetime


_THIS = and_(reminder.c.chat_id == bindparam("chat"), reminder.c.name == bindparam("this"))
_CHANGE = update(reminder).where(_THIS).values(due_at=bindparam("moment"))
_FORGET = delete(reminder).where(_THIS)
_OF_CHATS = select(reminder).where(reminder.c.chat_id.in_(bindparam("chats", expanding=True)))
_PLACE = tuple_(reminder.c.due_at, reminder.c.chat_id, reminder.c.name)
_DUE = (
    select(reminder.c.chat_id, chat.c.channel, chat.c.address, reminder.c.name, reminder.c.due_at)
    .join(chat, chat.c.id == reminder.c.chat_id)
    .where(reminder.c.due_at <= bindparam("now", type_=reminder.c.due_at.type))
    .order_by(reminder.c.due_at, reminder.c.chat_id, reminder.c.name)
    .limit(bindparam("limit"))
)
_DUE_AFTER = _DUE.where(
    tuple_(
        bindparam("moment", type_=reminder.c.due_at.type),
        bindparam("chat", type_=reminder.c.chat_id.type),
        bindparam("this", type_=reminder.c.name.type),
    )
    < _PLACE
)


def remind(connection: Connection, wishes: Iterable[Wish]) -> None:
    """Set reminders; a later wish of the same name takes the place of the earlier."""
    moments = {(chat_id, name): due_at for chat_id, name, due_at in wishes}
    if not moments:
        return
    connection.execute(
        insert_absent(connection, reminder),
        [
            {"chat_id": chat_id, "name": name, "due_at": due_at}
            for (chat_id, name), due_at in moments.items()
        ],
    )
    connection.execute(
        _CHANGE,
        [
            {"chat": chat_id, "this": name, "moment": due_at}
            for (chat_id, name), due_at in moments.items()
        ],
    )


def forget(connection: Connection, names: Iterable[tuple[int, str]]) -> None:
    """Drop reminders, each by its chat and name."""
    rows = [{"chat": chat_id, "this": name} for chat_id, name in names]
    if rows:
        connection.execute(_FORGET, rows)


def wake(connection: Connection, alarms: Iterable[Wish]) -> set[Wish]:
    """Take reminders out and return those that were still there with the same moment.

    Their chats must have been loaded for change, so that nobody else moves them meanwhile.
    """
    wanted = set(alarms)
    chat_ids = sorted({chat_id for chat_id, _, _ in wanted})
    found = {
        (row.chat_id, row.name, row.due_at)
        for page in pages(chat_ids)
        for row in connection.execute(_OF_CHATS, {"chats": page})
    }
    standing = wanted & found
    forget(connection, sorted((chat_id, name) for chat_id, name, _ in standing))
    return standing


def due(connection: Connection, now: datetime, limit: int, after: Due | None) -> Sequence[Due]:
    """Read a page of the reminders whose moment has come, the oldest first."""
    where = {"now": now, "limit": limit}
    if after is None:
        return [Due(*row) for row in connection.execute(_DUE, where)]
    place = {"moment": after.due_at, "chat": after.chat_id, "this": after.name}
    return [Due(*row) for row in connection.execute(_DUE_AFTER, where | place)]
