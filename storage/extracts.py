"""Extracts that have been issued: who asked, when, and what stands on them, sealed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from storage import chats
from storage.columns import Id, Instant
from storage.schema import chat, metadata

Standing: TypeAlias = Literal["valid", "withdrawn"]

extract = Table(
    "extract",
    metadata,
    Column("number", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    # No foreign key: the register may be another system's.
    Column("insured_id", Id, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("digest", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("extract_of_chat", "chat_id", "insured_id", "issued_at"),
    Index("extract_insured_id", "insured_id"),
    Index("extract_issued_at", "issued_at"),
)


@dataclass(frozen=True, slots=True)
class KeptExtract:
    """An extract as it was issued: ``sealed`` is what stands on it, ``digest`` its SHA-256."""

    number: str
    insured_id: int
    issued_at: datetime
    digest: str
    sealed: bytes = field(repr=False)


_KEPT = select(
    extract.c.number,
    extract.c.insured_id,
    extract.c.issued_at,
    extract.c.digest,
    extract.c.sealed,
)
_VALID = extract.c.withdrawn_at.is_(None)
_LATEST = (
    _KEPT.join(chat, chat.c.id == extract.c.chat_id)
    .where(
        chat.c.channel == bindparam("channel"),
        chat.c.address == bindparam("address"),
        extract.c.insured_id == bindparam("insured"),
        extract.c.issued_at > bindparam("since", type_=extract.c.issued_at.type),
        _VALID,
    )
    .order_by(extract.c.issued_at.desc(), extract.c.number)
    .limit(1)
)
_ONE = _KEPT.join(chat, chat.c.id == extract.c.chat_id).where(
    extract.c.number == bindparam("this"),
    chat.c.channel == bindparam("channel"),
    chat.c.address == bindparam("address"),
)
_STANDING = select(extract.c.withdrawn_at).where(extract.c.number == bindparam("this"))
_HOLDER = (
    select(chat.c.channel, chat.c.address)
    .join(extract, extract.c.chat_id == chat.c.id)
    .where(extract.c.number == bindparam("this"), _VALID)
)
_WITHDRAW = (
    update(extract)
    .where(extract.c.number == bindparam("this"), _VALID)
    .values(withdrawn_at=bindparam("moment"))
)


def keep(
    connection: Connection, kept: KeptExtract, channel: str, address: str, again: timedelta
) -> KeptExtract:
    """Keep an extract for a chat, unless it got one of this person within ``again`` before.

    Returns the one that stands. Of two transactions for one chat the second waits.
    """
    place = (channel, address)
    owner = chats.chats(connection, [place], kept.issued_at, {})[place]
    before = latest(connection, channel, address, kept.insured_id, kept.issued_at - again)
    if before is not None:
        return before
    row = {
        "number": kept.number,
        "chat_id": owner.id,
        "insured_id": kept.insured_id,
        "issued_at": kept.issued_at,
        "digest": kept.digest,
        "sealed": kept.sealed,
    }
    connection.execute(insert(extract), row)
    return kept


def latest(
    connection: Connection, channel: str, address: str, insured_id: int, since: datetime
) -> KeptExtract | None:
    """Look at the newest valid extract of a person that a chat has got since then."""
    given = {"channel": channel, "address": address, "insured": insured_id, "since": since}
    return _read(connection.execute(_LATEST, given).one_or_none())


def one(connection: Connection, channel: str, address: str, number: str) -> KeptExtract | None:
    """Look at an extract that was issued to this chat, and to no other."""
    given = {"this": number, "channel": channel, "address": address}
    return _read(connection.execute(_ONE, given).one_or_none())


def standing(connection: Connection, number: str) -> Standing | None:
    """Tell whether an extract holds; None when there never was one of this number."""
    row = connection.execute(_STANDING, {"this": number}).one_or_none()
    if row is None:
        return None
    return "valid" if row.withdrawn_at is None else "withdrawn"


def holder(connection: Connection, number: str) -> tuple[str, str] | None:
    """Name the chat, by channel and address, that a valid extract was issued to."""
    row = connection.execute(_HOLDER, {"this": number}).one_or_none()
    return None if row is None else (row.channel, row.address)


def withdraw(connection: Connection, numbers: Iterable[str], now: datetime) -> None:
    """Withdraw extracts by number; those withdrawn before keep their moment."""
    rows = [{"this": number, "moment": now} for number in numbers]
    if rows:
        connection.execute(_WITHDRAW, rows)


def _read(row: Row[*tuple[Any, ...]] | None) -> KeptExtract | None:
    return None if row is None else KeptExtract(*row)
