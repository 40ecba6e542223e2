"""Claiming messages to send: each by one hand at a time, each chat in its order.

Chats are claimed, not messages: a chat's first pending message is claimed together with the
due ones behind it, and nothing else of that lane before those are settled or the lease has
lapsed. Claims and settlements take turns, see `storage.outbox.take_turn`; they are short.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, update

from storage.messages import read
from storage.outbox import NOW, PENDING, UNTIL, Lane, Posted, settle, take_turn
from storage.schema import chat, message, outbox
from storage.statements import pages

_head, _lane = outbox.alias("head"), outbox.alias("lane")
_FIRST = (
    select(func.min(_lane.c.seq))
    .where(
        _lane.c.chat_id == _head.c.chat_id,
        _lane.c.lane == _head.c.lane,
        _lane.c.state == PENDING,
    )
    .scalar_subquery()
)
_HEADS = (
    select(_head.c.chat_id, _head.c.lane)
    .where(
        _head.c.channel == bindparam("channel"),
        _head.c.lane.in_(bindparam("lanes", expanding=True)),
        _head.c.state == PENDING,
        _head.c.due_at <= NOW,
        or_(_head.c.claimed_until.is_(None), _head.c.claimed_until <= NOW),
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
        outbox.c.done,
        chat.c.address,
        chat.c.language,
        chat.c.heard_at,
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
    .where(outbox.c.chat_id.in_(bindparam("ids", expanding=True)), outbox.c.state == PENDING)
    .order_by(outbox.c.chat_id, outbox.c.seq)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(claimed_until=UNTIL)
)


def claim(
    connection: Connection,
    channel: str,
    now: datetime,
    lease: timedelta,
    limit: int,
    lanes: Sequence[Lane] = ("dialog", "notice"),
) -> list[Posted]:
    """Take what is due in at most ``limit`` chats, dialogs first, for as long as the lease.

    The messages of a chat stand together, in their order. What was computed for an earlier
    owner of its chat, or is for a person who has gone, is dropped here.
    """
    take_turn(connection)
    while due := _due(connection, channel, now, limit, lanes):
        stale = [row for row in due if row.late or row.gone]
        settle(
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


def _due(
    connection: Connection, channel: str, now: datetime, limit: int, lanes: Sequence[Lane]
) -> list[Row[Any]]:
    """Read what may be sent: in each lane up to the first message that is not due.

    Two plain questions, for in one the planner of PostgreSQL can go badly astray while it
    knows little of a young table.
    """
    where = {"channel": channel, "now": now, "limit": limit, "lanes": lanes}
    heads = connection.execute(_HEADS, where)
    waiting: dict[tuple[int, str], list[Row[Any]]] = {(row.chat_id, row.lane): [] for row in heads}
    for page in pages(list(dict.fromkeys(chat_id for chat_id, _ in waiting))):
        for row in connection.execute(_WAITING, {"ids": page}):
            waiting.get((row.chat_id, row.lane), []).append(row)
    return [
        row for lane in waiting.values() for row in takewhile(lambda one: one.due_at <= now, lane)
    ]


def _posted(row: Row[Any]) -> Posted:
    said = read(row.seq, row.voice, row.at, row.text, row.extra)
    return Posted(
        row.id,
        row.chat_id,
        row.address,
        row.lane,
        row.attempts + 1,
        row.done,
        row.language,
        row.heard_at,
        said,
    )
