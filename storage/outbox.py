"""The outbox: messages on their way to channels that have to be called.

The order of a chat is kept in each lane by claiming chats, not messages: a chat's first
pending message is claimed together with the due ones behind it, and nothing else of that
lane before those are settled or the lease has lapsed. Claims and settlements take turns,
see `_take_turn`; they are short.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Connection,
    Row,
    Text,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from dialogs.message import Message
from storage.messages import read
from storage.schema import chat, message, outbox
from storage.statements import pages

Lane: TypeAlias = Literal["dialog", "notice"]
"""Dialogs go first: the names sort so."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message of the history to be sent.

    ``owner_revision`` is the chat's revision it was computed for: it is dropped when the
    chat has a newer one at the time of sending, and never when None.
    """

    chat_id: int
    seq: int
    channel: str
    due_at: datetime
    owner_revision: int | None
    lane: Lane = "dialog"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message claimed for sending; ``attempts`` counts this one."""

    id: int
    chat_id: int
    address: str
    lane: Lane
    attempts: int
    message: Message


_TURN = 0x706F6C69  # a number of our own for PostgreSQL's advisory lock
_PENDING = literal_column(
    "'pending'", Text
)  # spelt out: a parameter would hide the partial indexes
_NOW = bindparam("now", type_=outbox.c.due_at.type)
_UNTIL = bindparam("until", type_=outbox.c.due_at.type)

_head, _lane = outbox.alias("head"), outbox.alias("lane")
_FIRST = (
    select(func.min(_lane.c.seq))
    .where(
        _lane.c.chat_id == _head.c.chat_id,
        _lane.c.lane == _head.c.lane,
        _lane.c.state == _PENDING,
    )
    .scalar_subquery()
)
_HEADS = (
    select(_head.c.chat_id, _head.c.lane)
    .where(
        _head.c.channel == bindparam("channel"),
        _head.c.state == _PENDING,
        _head.c.due_at <= _NOW,
        or_(_head.c.claimed_until.is_(None), _head.c.claimed_until <= _NOW),
        _head.c.seq == _FIRST,
    )
    .order_by(_head.c.lane, _head.c.due_at, _head.c.id)
    .limit(bindparam("limit"))
)
_WAITING = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.lane,
        outbox.c.due_at,
        outbox.c.attempts,
        chat.c.address,
        (chat.c.revision > func.coalesce(outbox.c.owner_revision, chat.c.revision)).label("late"),
        chat.c.gone_at.is_not(None).label("gone"),
        message.c.seq,
        message.c.voice,
        message.c.at,
        message.c.text,
        message.c.extra,
    )
    .join(chat, chat.c.id == outbox.c.chat_id)
    .join(message, and_(message.c.chat_id == outbox.c.chat_id, message.c.seq == outbox.c.seq))
    .where(outbox.c.chat_id.in_(bindparam("ids", expanding=True)), outbox.c.state == _PENDING)
    .order_by(outbox.c.chat_id, outbox.c.seq)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(claimed_until=_UNTIL, attempts=outbox.c.attempts + 1)
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), outbox.c.state == _PENDING)
    .values(
        state=bindparam("outcome"),
        settled_at=_NOW,
        claimed_until=None,
        foreign_id=bindparam("foreign_name"),
        reason=bindparam("because"),
    )
)
_HOLD = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("this"), outbox.c.state == _PENDING)
    .values(
        due_at=case((outbox.c.due_at < _UNTIL, _UNTIL), else_=outbox.c.due_at),
        claimed_until=None,
    )
)
_EMPTY = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("this"), outbox.c.state == _PENDING)
    .values(state="dropped", settled_at=_NOW, claimed_until=None, reason="gone")
)
_LOCK = (
    select(chat.c.id)
    .where(chat.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(chat.c.channel, chat.c.address)
    .with_for_update(key_share=True)
)
_LEAVE = (
    update(chat)
    .where(chat.c.id == bindparam("this"), chat.c.gone_at.is_(None))
    .values(gone_at=_NOW)
)
_DEPTH = (
    select(outbox.c.channel, func.count().label("waiting"))
    .where(outbox.c.state == _PENDING)
    .group_by(outbox.c.channel)
)


def _take_turn(connection: Connection) -> None:
    """Let one transaction at a time claim or settle, so that none has to skip or deadlock.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))


def post(connection: Connection, postings: Iterable[Posting]) -> None:
    """Put messages of the history into the outbox, in their order."""
    rows = [
        {
            "chat_id": one.chat_id,
            "seq": one.seq,
            "channel": one.channel,
            "lane": one.lane,
            "state": "pending",
            "due_at": one.due_at,
            "attempts": 0,
            "owner_revision": one.owner_revision,
        }
        for one in postings
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def claim(
    connection: Connection, channel: str, now: datetime, lease: timedelta, limit: int
) -> list[Posted]:
    """Take what is due in at most ``limit`` chats, dialogs first, for as long as the lease.

    The messages of a chat stand together, in their order.
    What was computed for an earlier owner of its chat, or for a person who has gone, is
    dropped here.
    """
    _take_turn(connection)
    while due := _due(connection, channel, now, limit):
        stale = [row for row in due if row.late or row.gone]
        _settle(
            connection,
            [
                {"this": row.id, "outcome": "dropped", "because": "gone" if row.gone else "owner"}
                for row in stale
            ],
            now,
        )
        fresh = [row for row in due if not (row.late or row.gone)]
        for page in pages([row.id for row in fresh]):
            connection.execute(_CLAIM, {"ids": page, "until": now + lease})
        if fresh:
            return [_posted(row) for row in fresh]
    return []


def _due(connection: Connection, channel: str, now: datetime, limit: int) -> list[Row[Any]]:
    """Read what may be sent: in each lane up to the first message that is not due.

    Two plain questions, for in one the planner of PostgreSQL can go badly astray while it
    knows little of a young table.
    """
    where = {"channel": channel, "now": now, "limit": limit}
    heads = connection.execute(_HEADS, where)
    lanes: dict[tuple[int, str], list[Row[Any]]] = {(row.chat_id, row.lane): [] for row in heads}
    for page in pages(list(dict.fromkeys(chat_id for chat_id, _ in lanes))):
        for row in connection.execute(_WAITING, {"ids": page}):
            lanes.get((row.chat_id, row.lane), []).append(row)
    return [
        row
        for lane in lanes.values()
        for row in takewhile(lambda waiting: waiting.due_at <= now, lane)
    ]


def _posted(row: Row[Any]) -> Posted:
    said = read(row.seq, row.voice, row.at, row.text, row.extra)
    return Posted(row.id, row.chat_id, row.address, row.lane, row.attempts + 1, said)


def sent(connection: Connection, receipts: Iterable[tuple[int, str]], now: datetime) -> None:
    """Settle messages that the channel took, each with the channel's own name for it."""
    _take_turn(connection)
    _settle(
        connection,
        [{"this": this, "outcome": "sent", "foreign_name": name} for this, name in receipts],
        now,
    )


def failed(connection: Connection, refusals: Iterable[tuple[int, str]], now: datetime) -> None:
    """Settle messages that the channel will never take, each with the reason."""
    _take_turn(connection)
    _settle(
        connection,
        [{"this": this, "outcome": "failed", "because": reason} for this, reason in refusals],
        now,
    )


def later(connection: Connection, holds: Iterable[tuple[int, datetime]]) -> None:
    """Hold everything pending in chats until a moment each, and give up the claims on it."""
    _take_turn(connection)
    rows = [{"this": chat_id, "until": until} for chat_id, until in holds]
    if rows:
        connection.execute(_HOLD, rows)


def gone(connection: Connection, chats: Iterable[int], now: datetime) -> None:
    """Note that people refuse our messages, and drop what is pending for them."""
    _take_turn(connection)
    ids = sorted(set(chats))
    for page in pages(ids):
        connection.execute(_LOCK, {"ids": page})
        rows = [{"this": chat_id, "now": now} for chat_id in page]
        connection.execute(_LEAVE, rows)
        connection.execute(_EMPTY, rows)


def _settle(connection: Connection, outcomes: list[dict[str, Any]], now: datetime) -> None:
    if outcomes:
        blank = {"foreign_name": None, "because": None, "now": now}
        connection.execute(_SETTLE, [blank | outcome for outcome in outcomes])


def depth(connection: Connection) -> dict[str, int]:
    """Count what is pending, by channel."""
    return {row.channel: row.waiting for row in connection.execute(_DEPTH)}
