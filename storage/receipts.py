"""What messengers tell of messages after they took them: delivered, read, or failed after all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import Connection, Text, and_, bindparam, literal_column, or_, select, update

from storage.line_schema import receipt
from storage.outbox import NOW, PENDING, take_turn
from storage.schema import chat, outbox
from storage.statements import insert_absent, pages

State: TypeAlias = Literal["sent", "delivered", "read", "failed"]

_RANK: Final[Mapping[State, int]] = {"sent": 1, "delivered": 2, "read": 3, "failed": 4}
"""States only move forward: webhooks come late and out of order."""

_SENT = literal_column("'sent'", Text)
_UNKNOWN = literal_column("'unknown'", Text)


@dataclass(frozen=True, slots=True)
class Told:
    """What a messenger tells of the message it named so; ``failure`` says what a failed one needs.

    ``failure`` is the value of `bot.channels.base.Failure`, empty when it was delivered.
    ``chat`` and ``seq`` are our own word for the message, where the messenger brought it back.
    """

    name: str
    state: State
    failure: str = ""
    reason: str = ""
    chat: str = ""
    seq: int = 0


_KNOWN = select(receipt.c.name, receipt.c.state).where(
    receipt.c.channel == bindparam("channel"),
    receipt.c.name.in_(bindparam("names", expanding=True)),
)
_FAILED = select(receipt.c.name, receipt.c.failure, receipt.c.reason).where(
    receipt.c.channel == bindparam("channel"),
    receipt.c.name.in_(bindparam("names", expanding=True)),
    receipt.c.state == "failed",
)
_ADVANCE = (
    update(receipt)
    .where(receipt.c.channel == bindparam("channel_"), receipt.c.name == bindparam("name_"))
    .values(
        state=bindparam("state"),
        failure=bindparam("failure"),
        reason=bindparam("reason"),
        at=bindparam("at"),
    )
)
_SENT_BY_NAME = select(outbox.c.id, outbox.c.chat_id, outbox.c.foreign_id).where(
    outbox.c.channel == bindparam("channel"),
    outbox.c.foreign_id.in_(bindparam("names", expanding=True)),
    outbox.c.state == _SENT,
)
_TAKEN = (
    update(outbox)
    .where(
        outbox.c.chat_id
        == select(chat.c.id)
        .where(chat.c.channel == bindparam("channel_"), chat.c.address == bindparam("chat"))
        .scalar_subquery(),
        outbox.c.seq == bindparam("place"),
        or_(
            outbox.c.state == _UNKNOWN,
            and_(outbox.c.state == PENDING, outbox.c.attempts > 0),  # one has failed, or seemed to
        ),
        outbox.c.claimed_until.is_(None),  # else a call is under way, and brings its own answer
    )
    .values(state="sent", foreign_id=bindparam("name"), reason=None, settled_at=NOW)
)
_FAIL = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), outbox.c.state == _SENT)
    .values(state="failed", reason=bindparam("because"), settled_at=NOW)
)


def confirm(connection: Connection, channel: str, told: Iterable[Told], now: datetime) -> list[int]:
    """Note what became of messages; return the ids of chats that can be reached no more."""
    take_turn(connection)  # with `storage.outbox.sent`: so neither misses what the other writes
    newest: dict[str, Told] = {}
    for one in told:
        known = newest.get(one.name)
        if known is None or _RANK[one.state] > _RANK[known.state]:
            newest[one.name] = one
    _settle(connection, channel, newest, now)
    fresh = _write(connection, channel, newest, now)
    return fail(connection, channel, [one for one in fresh if one.state == "failed"], now)


def _settle(
    connection: Connection, channel: str, newest: Mapping[str, Told], now: datetime
) -> None:
    """Settle messages of which nobody knew whether they had been taken: they have."""
    rows = [
        {"channel_": channel, "chat": one.chat, "place": one.seq, "name": one.name, "now": now}
        for one in newest.values()
        if one.chat
    ]
    if rows:
        connection.execute(_TAKEN, rows)


def _write(
    connection: Connection, channel: str, newest: Mapping[str, Told], now: datetime
) -> list[Told]:
    """Write down what moves forward, and return it."""
    names = sorted(newest)
    known: dict[str, State] = {
        row.name: row.state
        for page in pages(names)
        for row in connection.execute(_KNOWN, {"channel": channel, "names": page})
    }
    new = [newest[name] for name in names if name not in known]
    moved = [
        newest[name]
        for name in names
        if name in known and _RANK[newest[name].state] > _RANK[known[name]]
    ]
    rows = [{"channel": channel, "at": now} | _columns(one) for one in new]
    if rows:
        connection.execute(insert_absent(connection, receipt), rows)
    if moved:
        connection.execute(
            _ADVANCE,
            [{"channel_": channel, "name_": one.name, "at": now} | _columns(one) for one in moved],
        )
    return [*new, *moved]


def _columns(told: Told) -> dict[str, str]:
    return {
        "name": told.name,
        "state": told.state,
        "failure": told.failure,
        "reason": told.reason,
    }


def fail(connection: Connection, channel: str, failed: Sequence[Told], now: datetime) -> list[int]:
    """Make messages that were taken failed ones; return the chats that are gone."""
    by_name = {one.name: one for one in failed}
    rows = [
        row
        for page in pages(sorted(by_name))
        for row in connection.execute(_SENT_BY_NAME, {"channel": channel, "names": page})
    ]
    found = {row.id: row for row in rows}  # pages repeat their last name
    if found:
        connection.execute(
            _FAIL,
            [
                {"this": row.id, "because": by_name[row.foreign_id].reason, "now": now}
                for row in found.values()
            ],
        )
    return sorted(
        {row.chat_id for row in found.values() if by_name[row.foreign_id].failure == "gone"}
    )


def failed_before(
    connection: Connection, channel: str, names: Sequence[str], now: datetime
) -> list[int]:
    """Fail messages just sent of which a receipt had come before they were written down so."""
    told = {
        row.name: Told(row.name, "failed", row.failure, row.reason)
        for page in pages(sorted(filter(None, names)))
        for row in connection.execute(_FAILED, {"channel": channel, "names": page})
    }
    return fail(connection, channel, list(told.values()), now) if told else []
