"""Reminders: the moments at which conversations have asked to be woken.

``due_at`` is the moment that was asked for. ``look_at`` is when a process may take the
reminder up: the same moment, or the end of the lease of one that has taken it up already. So
the index of it holds what the ticks look for, and a tick costs what is due, not what is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Connection, and_, bindparam, delete, select, update

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
_MOMENT = bindparam("moment", type_=reminder.c.due_at.type)
_CHANGE = update(reminder).where(_THIS).values(due_at=_MOMENT, look_at=_MOMENT)
_FORGET = delete(reminder).where(_THIS)
_OF_CHATS = select(reminder).where(reminder.c.chat_id.in_(bindparam("chats", expanding=True)))
_NOW = bindparam("now", type_=reminder.c.look_at.type)
_FIRST = (
    select(reminder.c.chat_id)
    .where(reminder.c.look_at <= _NOW)
    .order_by(reminder.c.look_at)
    .limit(1)
)
_DUE = (
    select(reminder.c.chat_id, chat.c.channel, chat.c.address, reminder.c.name, reminder.c.due_at)
    .join(chat, chat.c.id == reminder.c.chat_id)
    .where(reminder.c.look_at <= _NOW)
    .order_by(reminder.c.look_at, reminder.c.chat_id, reminder.c.name)
    .limit(bindparam("limit"))
    .with_for_update(of=reminder, skip_locked=True)
)
_NEXT = select(reminder.c.look_at).order_by(reminder.c.look_at).limit(1)
_LEASE = (
    update(reminder).where(_THIS).values(look_at=bindparam("until", type_=reminder.c.look_at.type))
)


def remind(connection: Connection, wishes: Iterable[Wish]) -> None:
    """Set reminders; a later wish of the same name takes the place of the earlier."""
    moments = {(chat_id, name): due_at for chat_id, name, due_at in wishes}
    if not moments:
        return
    connection.execute(
        insert_absent(connection, reminder),
        [
            {"chat_id": chat_id, "name": name, "due_at": due_at, "look_at": due_at}
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


def claim(connection: Connection, now: datetime, lease: timedelta, limit: int) -> Sequence[Due]:
    """Take up reminders whose moment has come, the oldest first, and nobody else's.

    Who does not wake their conversations within the lease loses them to others.
    """
    found = [Due(*row) for row in connection.execute(_DUE, {"now": now, "limit": limit})]
    if found:
        until = now + lease
        connection.execute(
            _LEASE, [{"chat": one.chat_id, "this": one.name, "until": until} for one in found]
        )
    return found


def following(connection: Connection) -> datetime | None:
    """Find the moment at which the next reminder is to be taken up; None when there is none."""
    moment: datetime | None = connection.execute(_NEXT).scalar_one_or_none()
    return moment


def wait(connection: Connection, now: datetime) -> bool:
    """Tell whether reminders are to be taken up."""
    # In order, so that the index is taken whatever the planner guesses of how many are due.
    return connection.execute(_FIRST, {"now": now}).first() is not None
