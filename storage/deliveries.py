"""How messages of a chat fared on their way, for the desk to tell beside each of them."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, and_, bindparam, select

from storage.line_schema import receipt
from storage.schema import outbox

State: TypeAlias = Literal["waiting", "sent", "delivered", "read", "failed", "unknown", "dropped"]

_FARED = (
    select(
        outbox.c.id,
        outbox.c.seq,
        outbox.c.state,
        outbox.c.reason,
        receipt.c.state.label("told"),
        receipt.c.reason.label("because"),
    )
    .outerjoin(
        receipt,
        and_(receipt.c.channel == outbox.c.channel, receipt.c.name == outbox.c.foreign_id),
    )
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.seq >= bindparam("first"))
    .order_by(outbox.c.seq)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a message has come; ``reason`` says why it has failed or is not known to.

    ``id`` is that of its row in the outbox.
    """

    state: State
    reason: str = ""
    id: int = 0


def since(connection: Connection, chat_id: int, first: int, limit: int) -> dict[int, Delivery]:
    """Read how messages from the place ``first`` on fared, by place; pushed channels only."""
    where = {"chat": chat_id, "first": first, "limit": limit}
    return {row.seq: _delivery(row) for row in connection.execute(_FARED, where)}


def _delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    match row.state, row.told:
        case "pending", _:
            return Delivery("waiting", id=row.id)
        case "sent", "delivered" | "read" as told:
            return Delivery(told, id=row.id)
        case "sent", "failed":
            return Delivery("failed", row.because or "", row.id)
    return Delivery(row.state, row.reason or "", row.id)
