"""The outbox: messages on their way to channels that have to be called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Connection,
    Text,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from dialogs.message import Message
from storage.schema import chat, outbox
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
    """A message claimed for sending; ``attempts`` counts this one, and those that failed before.

    Neither a program that was killed in the middle nor a wait that was asked for is a failure.
    ``done`` is how many of its requests were performed before. ``language`` is the chat's,
    ``heard_at`` when the person last did something. One of a ``notice`` does not lie in the
    outbox: its ``id`` is the person's, see `storage.notice_sending`.
    """

    id: int
    chat_id: int
    address: str
    lane: Lane
    attempts: int
    done: int
    language: str
    heard_at: datetime | None
    message: Message
    notice: int = 0


PENDING = literal_column("'pending'", Text)
"""Spelt out in statements: a parameter would hide the partial indexes."""

_TURN = 0x706F6C69  # a number of our own for PostgreSQL's advisory lock
NOW = bindparam("now", type_=outbox.c.due_at.type)
UNTIL = bindparam("until", type_=outbox.c.due_at.type)

_SETTLE = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), outbox.c.state == PENDING)
    .values(
        state=bindparam("outcome"),
        settled_at=NOW,
        claimed_until=None,
        foreign_id=bindparam("foreign_name"),
        reason=bindparam("because"),
    )
)
_HOLD = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("this"), outbox.c.state == PENDING)
    .values(
        due_at=case((outbox.c.due_at < UNTIL, UNTIL), else_=outbox.c.due_at),
        claimed_until=None,
    )
)
_PROGRESS = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"))
    .values(done=bindparam("steps"), attempts=outbox.c.attempts + bindparam("tried"))
)
_EMPTY = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("this"), outbox.c.state == PENDING)
    .values(state="dropped", settled_at=NOW, claimed_until=None, reason="gone")
)
_LOCK = (
    select(chat.c.id)
    .where(chat.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(chat.c.channel, chat.c.address)
    .with_for_update(key_share=True)
)
_LEAVE = (
    update(chat).where(chat.c.id == bindparam("this"), chat.c.gone_at.is_(None)).values(gone_at=NOW)
)
_DEPTH = (
    select(outbox.c.channel, func.count().label("waiting"))
    .where(outbox.c.state == PENDING)
    .group_by(outbox.c.channel)
)


def take_turn(connection: Connection) -> None:
    """Let one transaction at a time claim or settle, so that none has to skip or deadlock.

    It ends with the transaction. SQLite has one writer anyway.
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


def sent(connection: Connection, receipts: Iterable[tuple[int, str]], now: datetime) -> None:
    """Settle messages that the channel took, each with the channel's own name for it."""
    take_turn(connection)
    settle(
        connection,
        [{"this": this, "outcome": "sent", "foreign_name": name} for this, name in receipts],
        now,
    )


def failed(connection: Connection, refusals: Iterable[tuple[int, str]], now: datetime) -> None:
    """Settle messages that the channel will never take, each with the reason."""
    take_turn(connection)
    settle(
        connection,
        [{"this": this, "outcome": "failed", "because": reason} for this, reason in refusals],
        now,
    )


def unknown(connection: Connection, doubts: Iterable[tuple[int, str]], now: datetime) -> None:
    """Settle messages of which nobody knows whether they arrived, each with the reason."""
    take_turn(connection)
    settle(
        connection,
        [{"this": this, "outcome": "unknown", "because": reason} for this, reason in doubts],
        now,
    )


def progress(connection: Connection, steps: Iterable[tuple[int, int, bool]]) -> None:
    """Note of messages that have to wait how many of their requests have been performed.

    The last of each says whether this attempt counts.
    """
    rows = [{"this": this, "steps": done, "tried": int(tried)} for this, done, tried in steps]
    if rows:
        connection.execute(_PROGRESS, rows)


def later(connection: Connection, holds: Iterable[tuple[int, datetime]]) -> None:
    """Hold everything pending in chats until a moment each, and give up the claims on it."""
    take_turn(connection)
    rows = [{"this": chat_id, "until": until} for chat_id, until in holds]
    if rows:
        connection.execute(_HOLD, rows)


def gone(connection: Connection, chats: Iterable[int], now: datetime) -> None:
    """Note that people refuse our messages, and drop what is pending for them."""
    take_turn(connection)
    ids = sorted(set(chats))
    for page in pages(ids):
        connection.execute(_LOCK, {"ids": page})
        rows = [{"this": chat_id, "now": now} for chat_id in page]
        connection.execute(_LEAVE, rows)
        connection.execute(_EMPTY, rows)


def settle(connection: Connection, outcomes: list[dict[str, Any]], now: datetime) -> None:
    """Write down how it ended with messages; what is settled already stays so.

    Each outcome has ``this`` id, the ``outcome``, and may have a ``foreign_name`` and why
    (``because``).
    """
    if outcomes:
        blank = {"foreign_name": None, "because": None, "now": now}
        connection.execute(_SETTLE, [blank | outcome for outcome in outcomes])


def depth(connection: Connection) -> dict[str, int]:
    """Count what is pending, by channel."""
    return {row.channel: row.waiting for row in connection.execute(_DEPTH)}
