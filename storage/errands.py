"""Errands: what a turn wants done outside the database, and an answer brought back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from dialogs.json import Json
from storage.people_schema import errand
from storage.schema import chat
from storage.statements import pages

Kind: TypeAlias = Literal["code", "claim", "extract", "scan", "move", "hand", "carry"]


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done for a chat; ``id`` is unguessable and unique for ever."""

    id: str
    chat_id: int
    kind: Kind
    wish: dict[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An errand that is ours for the length of a lease, and whose it is."""

    errand: Errand
    channel: str
    address: str
    language: str


_DUE = (
    select(errand, chat.c.channel, chat.c.address, chat.c.language)
    .join(chat, chat.c.id == errand.c.chat_id)
    .where(
        errand.c.due_at <= bindparam("now", type_=errand.c.due_at.type),
        errand.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(errand.c.due_at, errand.c.id)
    .limit(bindparam("limit"))
    .with_for_update(of=errand, skip_locked=True)
)
_WAITING = select(
    exists(
        select(errand.c.id).where(
            errand.c.due_at <= bindparam("now", type_=errand.c.due_at.type),
            errand.c.kind.in_(bindparam("kinds", expanding=True)),
        )
    )
)
_LEASE = (
    update(errand)
    .where(errand.c.id.in_(bindparam("ids", expanding=True)))
    .values(due_at=bindparam("until", type_=errand.c.due_at.type))
)
_STANDING = (
    select(errand.c.id)
    .where(errand.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(errand.c.id)
    .with_for_update()
)
_SETTLE = delete(errand).where(errand.c.id.in_(bindparam("ids", expanding=True)))


def send(connection: Connection, errands: Iterable[Errand], now: datetime) -> None:
    """Write errands down, to be done at once."""
    rows = [
        {
            "id": one.id,
            "chat_id": one.chat_id,
            "kind": one.kind,
            "wish": one.wish,
            "due_at": now,
        }
        for one in errands
    ]
    if rows:
        connection.execute(insert(errand), rows)


def claim(
    connection: Connection, now: datetime, lease: timedelta, limit: int, kinds: Sequence[Kind]
) -> list[Claimed]:
    """Take errands that wait, of these kinds; who is longer than the lease loses them to others."""
    found = [
        Claimed(
            Errand(row.id, row.chat_id, row.kind, row.wish), row.channel, row.address, row.language
        )
        for row in connection.execute(_DUE, {"now": now, "limit": limit, "kinds": kinds})
    ]
    for page in pages([one.errand.id for one in found]):
        connection.execute(_LEASE, {"ids": page, "until": now + lease})
    return found


def settle(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Delete errands that are done; return those that were still there."""
    standing = {
        row.id
        for page in pages(sorted(set(ids)))
        for row in connection.execute(_STANDING, {"ids": page})
    }
    for page in pages(sorted(standing)):
        connection.execute(_SETTLE, {"ids": page})
    return standing


def wait(connection: Connection, now: datetime, kinds: Sequence[Kind]) -> bool:
    """Tell whether errands of these kinds wait."""
    return bool(connection.execute(_WAITING, {"now": now, "kinds": kinds}).scalar_one())
