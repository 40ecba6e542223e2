"""Codes by which unfinished applications move: one at a time for a chat, kept by its digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.move_schema import move_code
from storage.schema import chat
from storage.statements import pages


@dataclass(frozen=True, slots=True)
class Offered:
    """A draft of a chat, by its number, offered under the digest of a code until a moment.

    Number 0 stands for the whole conversation.
    """

    chat_id: int
    digest: str
    draft: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """Whose draft a code asks for, or whose conversation: then ``draft`` is 0."""

    chat_id: int
    channel: str
    address: str
    draft: int


_FORGET = delete(move_code).where(move_code.c.chat_id.in_(bindparam("ids", expanding=True)))
_FIND = (
    select(move_code.c.chat_id, chat.c.channel, chat.c.address, move_code.c.draft)
    .join(chat, chat.c.id == move_code.c.chat_id)
    .where(
        move_code.c.digest == bindparam("digest"),
        move_code.c.until > bindparam("now", type_=move_code.c.until.type),
        move_code.c.chat_id != bindparam("asker"),
    )
)
_SPEND = delete(move_code).where(move_code.c.digest == bindparam("digest"))


def offer(connection: Connection, offered: Iterable[Offered]) -> None:
    """Write offers down; a chat's earlier one is forgotten."""
    latest = {one.chat_id: one for one in offered}
    for page in pages(sorted(latest)):
        connection.execute(_FORGET, {"ids": page})
    rows = [
        {"chat_id": one.chat_id, "digest": one.digest, "draft": one.draft, "until": one.until}
        for one in latest.values()
    ]
    if rows:
        connection.execute(insert(move_code), rows)


def find(connection: Connection, digest: str, asker: int, now: datetime) -> Found | None:
    """Find whose draft a code asks for, when another chat asks; None as well if two fit."""
    rows = connection.execute(_FIND, {"digest": digest, "asker": asker, "now": now}).all()
    return Found(*rows[0]) if len(rows) == 1 else None


def spend(connection: Connection, digest: str) -> None:
    """Let a code open nothing any more."""
    connection.execute(_SPEND, {"digest": digest})
