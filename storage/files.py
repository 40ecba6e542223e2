"""Files of people, sealed: what is inside is not for the database to know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from storage import chats
from storage.chats import Address
from storage.schema import chat, file


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file: ``kind`` is its content type, ``size`` its bytes before they were ``sealed``.

    ``kept_for`` names the chat that it was sealed for, as channel and address, where that is
    not the chat that has it now.
    """

    id: str
    kind: str
    size: int
    received_at: datetime
    sealed: bytes = field(repr=False)
    kept_for: Address | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Placing:
    """What became of a chat's files, by their ids.

    The conversation has use for the ``held``; those ``attached`` belong to the application
    of that number; of the ``dropped`` all go but those that an application has.
    """

    chat_id: int
    held: frozenset[str] = frozenset()
    attached: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


_THIS = (file.c.id == bindparam("this"), file.c.chat_id == bindparam("of_chat"))
_HOLD = update(file).where(*_THIS).values(loose_since=None)
_ATTACH = update(file).where(*_THIS).values(loose_since=None, attached_to=bindparam("number"))
_DROP = delete(file).where(*_THIS, file.c.attached_to.is_(None))
_first = chat.alias("first")
_ONE = (
    select(
        file.c.id,
        file.c.kind,
        file.c.size,
        file.c.received_at,
        file.c.sealed,
        _first.c.channel,
        _first.c.address,
    )
    .join(chat, or_(chat.c.id == file.c.chat_id, chat.c.id == file.c.sealed_in))
    .outerjoin(_first, _first.c.id == file.c.sealed_in)
    .where(
        file.c.id == bindparam("this"),
        chat.c.channel == bindparam("channel"),
        chat.c.address == bindparam("address"),
    )
)


def keep(connection: Connection, kept: KeptFile, channel: str, address: str) -> None:
    """Keep a file for a chat, which is created when this is the first thing it sends."""
    place = (channel, address)
    owner = chats.chats(connection, [place], kept.received_at, {})[place]
    row = {
        "id": kept.id,
        "chat_id": owner.id,
        "kind": kept.kind,
        "size": kept.size,
        "received_at": kept.received_at,
        "loose_since": kept.received_at,
        "sealed": kept.sealed,
    }
    connection.execute(insert(file), row)


def place(connection: Connection, placings: Iterable[Placing]) -> None:
    """Give files their places; an id that is not of its chat changes nothing."""
    known = list(placings)
    held = [{"this": name, "of_chat": one.chat_id} for one in known for name in one.held]
    attached = [
        {"this": name, "of_chat": one.chat_id, "number": number}
        for one in known
        for name, number in one.attached.items()
    ]
    dropped = [{"this": name, "of_chat": one.chat_id} for one in known for name in one.dropped]
    for statement, rows in ((_HOLD, held), (_ATTACH, attached), (_DROP, dropped)):
        if rows:
            connection.execute(statement, rows)


def one(connection: Connection, channel: str, address: str, name: str) -> KeptFile | None:
    """Look at a file of this chat, or one that it sent and has handed on, and at no other."""
    given = {"this": name, "channel": channel, "address": address}
    row = connection.execute(_ONE, given).one_or_none()
    if row is None:
        return None
    kept_for = (row.channel, row.address) if row.channel else None
    return KeptFile(row.id, row.kind, row.size, row.received_at, row.sealed, kept_for)
