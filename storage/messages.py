"""The history of chats."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from dialogs.effects import Button, Template
from dialogs.json import Json
from dialogs.message import Message, Voice
from storage.notice_schema import notice_wording
from storage.schema import chat, message

_INSERT = insert(message)
# What many people were told stands once, as a wording.
_HISTORY = (
    select(
        message.c.seq,
        message.c.voice,
        message.c.at,
        func.coalesce(notice_wording.c.text, message.c.text, type_=message.c.text.type),
        func.coalesce(message.c.extra, notice_wording.c.extra, type_=message.c.extra.type),
    )
    .join(chat, chat.c.id == message.c.chat_id)
    .outerjoin(notice_wording, notice_wording.c.id == message.c.wording)
    .where(chat.c.channel == bindparam("channel"), chat.c.address == bindparam("address"))
    .limit(bindparam("limit"))
)
_AFTER = _HISTORY.where(message.c.seq > bindparam("after")).order_by(message.c.seq)
_BEFORE = _HISTORY.where(message.c.seq < bindparam("before")).order_by(message.c.seq.desc())
_NEWEST = _HISTORY.order_by(message.c.seq.desc())
_TOLD = message.c.voice != "event"


def record(connection: Connection, said: Iterable[tuple[int, Message]]) -> None:
    """Add messages to the histories of chats, given by id."""
    rows = [
        {
            "chat_id": chat_id,
            "seq": one.seq,
            "voice": one.voice,
            "at": one.at,
            "text": one.text,
            "extra": extra_of(one),
        }
        for chat_id, one in said
    ]
    if rows:
        connection.execute(_INSERT, rows)


def after(
    connection: Connection,
    channel: str,
    address: str,
    seq: int,
    limit: int,
    *,
    told: bool = False,
) -> list[Message]:
    """Read what follows ``seq``, oldest first; only what citizens are ``told``, if so."""
    where = {"channel": channel, "address": address, "after": seq, "limit": limit}
    query = _AFTER.where(_TOLD) if told else _AFTER
    return [read(*row) for row in connection.execute(query, where)]


def before(
    connection: Connection,
    channel: str,
    address: str,
    seq: int | None,
    limit: int,
    *,
    told: bool = False,
) -> list[Message]:
    """Read the last messages before ``seq`` (None: the newest), oldest first; see `after`."""
    where: dict[str, Any] = {"channel": channel, "address": address, "limit": limit}
    query = _NEWEST if seq is None else _BEFORE
    if seq is not None:
        where["before"] = seq
    found = connection.execute(query.where(_TOLD) if told else query, where)
    return [read(*row) for row in reversed(found.all())]


def extra_of(said: Message) -> Json:
    """Gather what most messages lack, under one letter each: rows stay small."""
    extra: dict[str, Json] = {}
    if said.buttons:
        extra["b"] = [[button.code, button.label] for button in said.buttons]
    if said.note:
        extra["n"] = said.note
    if said.data != "general":
        extra["d"] = said.data
    if said.files:
        extra["f"] = list(said.files)
    if said.key:
        extra["k"] = said.key
    if said.document:
        extra["p"] = said.document
    if said.asks_phone:
        extra["a"] = True
    if said.template:
        extra["t"] = [said.template.name, *said.template.values]
    if said.name:
        extra["w"] = said.name
    return extra or None


def read(seq: int, voice: Voice, at: datetime, text: str, extra: dict[str, Any] | None) -> Message:
    """Build a message from its columns."""
    if not extra:
        return Message(seq, voice, at, text)
    name, *values = extra.get("t", ("",))
    return Message(
        seq,
        voice,
        at,
        text,
        buttons=tuple(Button(code, label) for code, label in extra.get("b", ())),
        note=extra.get("n", ""),
        data=extra.get("d", "general"),
        files=tuple(extra.get("f", ())),
        key=extra.get("k", ""),
        document=extra.get("p", ""),
        asks_phone=extra.get("a", False),
        template=Template(name, tuple(values)) if name else None,
        name=extra.get("w", ""),
    )
