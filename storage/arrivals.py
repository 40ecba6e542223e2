"""Arrivals: what came with files, kept until those are fetched; the chat waits behind them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from storage import inbox
from storage.arrival_schema import arrival
from storage.chats import Address
from storage.statements import pages


@dataclass(frozen=True, slots=True)
class Kept:
    """One arrival: ``sealed`` is all it says; those of one ``album`` make one letter."""

    channel: str
    address: str
    key: str
    album: str
    received_at: datetime
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An arrival that waits; ``attempts`` counts how often its files were tried for."""

    id: int
    attempts: int
    kept: Kept


_COLUMNS = (
    arrival.c.id,
    arrival.c.attempts,
    arrival.c.channel,
    arrival.c.address,
    arrival.c.key,
    arrival.c.album,
    arrival.c.received_at,
    arrival.c.sealed,
)
_NOW = bindparam("now", type_=arrival.c.due_at.type)
_UNTIL = bindparam("until", type_=arrival.c.due_at.type)
_earlier = arrival.alias("earlier")
_HAVE = (
    select(arrival.c.address)
    .distinct()
    .where(
        arrival.c.channel == bindparam("channel"),
        arrival.c.address.in_(bindparam("addresses", expanding=True)),
    )
)
_HEADS = (
    select(*_COLUMNS)
    .where(
        arrival.c.due_at <= _NOW,
        arrival.c.channel.in_(bindparam("channels", expanding=True)),
        ~exists().where(
            _earlier.c.channel == arrival.c.channel,
            _earlier.c.address == arrival.c.address,
            _earlier.c.id < arrival.c.id,
        ),
    )
    .order_by(arrival.c.due_at, arrival.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_OF_ALBUM = (
    select(*_COLUMNS)
    .where(
        arrival.c.channel == bindparam("channel"),
        arrival.c.address == bindparam("address"),
        arrival.c.album == bindparam("album"),
    )
    .order_by(arrival.c.id)
    .limit(bindparam("limit"))
)
_LEASE = (
    update(arrival)
    .where(arrival.c.id.in_(bindparam("ids", expanding=True)))
    .values(due_at=_UNTIL, attempts=arrival.c.attempts + 1)
)
_PUT_OFF = update(arrival).where(arrival.c.id == bindparam("this")).values(due_at=_UNTIL)
_DONE = delete(arrival).where(arrival.c.id.in_(bindparam("ids", expanding=True)))
_AT_ONCE = update(arrival).where(arrival.c.due_at > _NOW).values(due_at=_NOW)


def waiting(connection: Connection, places: Iterable[Address]) -> set[Address]:
    """Tell in which of these chats something waits."""
    found: set[Address] = set()
    for channel, group in groupby(sorted(places), key=itemgetter(0)):
        for page in pages([address for _, address in group]):
            rows = connection.execute(_HAVE, {"channel": channel, "addresses": page})
            found.update((channel, row.address) for row in rows)
    return found


def keep(connection: Connection, arrivals: Sequence[Kept]) -> None:
    """Write arrivals down in their order, but those whose keys have been received before."""
    if not arrivals:
        return
    now = max(one.received_at for one in arrivals)
    admitted = inbox.admit(connection, [(one.channel, one.key) for one in arrivals], now)
    rows = [
        {
            "channel": one.channel,
            "address": one.address,
            "key": one.key,
            "album": one.album,
            "received_at": one.received_at,
            "due_at": one.received_at,
            "attempts": 0,
            "sealed": one.sealed,
        }
        for one in arrivals
        if (one.channel, one.key) in admitted
    ]
    if rows:
        connection.execute(insert(arrival), rows)


def claim(
    connection: Connection,
    channels: Collection[str],
    now: datetime,
    lease: timedelta,
    limit: int,
) -> list[Waiting]:
    """Take the first arrival of chats, each for as long as the lease."""
    given = {"now": now, "limit": limit, "channels": sorted(channels)}
    found = [_read(tuple(row)) for row in connection.execute(_HEADS, given)]
    for page in pages([one.id for one in found]):
        connection.execute(_LEASE, {"ids": page, "until": now + lease})
    return found


def album(
    connection: Connection, channel: str, address: str, name: str, limit: int
) -> list[Waiting]:
    """Read the arrivals of an album, in their order."""
    where = {"channel": channel, "address": address, "album": name, "limit": limit}
    return [_read(tuple(row)) for row in connection.execute(_OF_ALBUM, where)]


def put_off(connection: Connection, this: int, until: datetime) -> None:
    """Let an arrival wait until a moment."""
    connection.execute(_PUT_OFF, {"this": this, "until": until})


def done(connection: Connection, ids: Iterable[int]) -> None:
    """Forget arrivals whose letter has had its turn."""
    for page in pages(sorted(set(ids))):
        connection.execute(_DONE, {"ids": page})


def wake(connection: Connection, now: datetime) -> None:
    """At a start, take up at once what a process that died had claimed.

    Only where that process was the only one; others may be at it elsewhere.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(_AT_ONCE, {"now": now})


def _read(row: tuple[Any, ...]) -> Waiting:
    this, attempts, *kept = row
    return Waiting(this, attempts, Kept(*kept))
