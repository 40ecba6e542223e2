"""Talks: episodes of chats in which a person was asked for, and every move of theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, bindparam, insert, select, update

from dialogs.talk import Kind, MoveKind, State
from storage.schema import chat
from storage.statements import insert_absent, pages
from storage.talk_schema import OPEN, callback, talk, talk_move


class Overtaken(Exception):
    """A talk has moved since it was read: whoever wanted to move it must look again."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One episode; ``id`` is 0 until it is kept.

    ``representative`` is the login of who has it, empty in the queue. ``since`` is when the
    citizen began to wait, ``breach_at`` by when somebody ought to have answered. ``due_at`` is
    when the lease of a talk that is led ends, or a parked one wakes. ``asked_seq`` is the place
    in the history where the assistant handed over, ``heard_seq`` that of the citizen's last
    message; ``unread`` counts theirs since the representative looked. ``preview`` is one line
    with numbers masked. ``moves`` counts the moves so far: a change names the number it saw.
    ``returned`` after a lease has lapsed. ``begun_at`` is when a person first replied.
    """

    id: int
    chat_id: int
    state: State
    kind: Kind
    since: datetime
    breach_at: datetime
    asked_seq: int
    heard_seq: int
    heard_at: datetime
    representative: str = ""
    representative_name: str = ""
    topic: str = ""
    region: str = ""
    preview: str = field(default="", repr=False)
    due_at: datetime | None = None
    unread: int = 0
    moves: int = 0
    returned: bool = False
    claimed_at: datetime | None = None
    begun_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class TalkMove:
    """One move, the ``place``-th: what happened, to which state, by whom, and a private note.

    ``key`` is that of the deed that took a talk from the queue, so that it is taken once.
    """

    place: int
    at: datetime
    kind: MoveKind
    state: State
    login: str = ""
    name: str = ""
    note: str = field(default="", repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that is wanted: ``preferred`` is when, in the citizen's words."""

    phone: str = field(repr=False)
    preferred: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TalkChange:
    """What a turn makes of a talk; ``seen`` is how many moves it had when it was read."""

    talk: Talk
    seen: int
    moves: Sequence[TalkMove] = ()
    callback: Callback | None = None


COLUMNS: tuple[Column[Any], ...] = tuple(talk.c[one.name] for one in fields(Talk))
_CHANGING = tuple(one.name for one in fields(Talk) if one.name not in {"id", "chat_id"})
_OPEN_OF_CHATS = (
    select(*COLUMNS)
    .where(talk.c.chat_id.in_(bindparam("chats", expanding=True)), OPEN)
    .order_by(talk.c.id)
)
_CHANGE = (
    update(talk)
    .where(talk.c.id == bindparam("this"), talk.c.moves == bindparam("seen"))
    .values({name: bindparam(name) for name in _CHANGING})
)
_CALL = (
    update(callback)
    .where(callback.c.talk_id == bindparam("this"))
    .values(phone=bindparam("phone"), preferred=bindparam("preferred"))
)
_RATE = (
    update(talk)
    .where(
        talk.c.id == bindparam("this"),
        talk.c.chat_id == bindparam("chat"),
        talk.c.rating.is_(None),
    )
    .values(rating=bindparam("score"))
)
_READ = (
    update(talk)
    .where(talk.c.id == bindparam("this"), talk.c.representative == bindparam("login"))
    .values(unread=0)
)
_STAY = (
    update(talk)
    .where(
        talk.c.id == bindparam("this"),
        talk.c.state == "led",
        talk.c.representative == bindparam("login"),
    )
    .values(due_at=bindparam("until", type_=talk.c.due_at.type))
)
_DUE = (
    select(*COLUMNS, chat.c.channel, chat.c.address)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(talk.c.due_at <= bindparam("now", type_=talk.c.due_at.type))
    .order_by(talk.c.due_at, talk.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class DueTalk:
    """A talk whose lease has ended or that is to wake, and where."""

    talk: Talk
    channel: str
    address: str


def read(row: Row[Any] | Sequence[Any]) -> Talk:
    """Build a talk from the columns of `COLUMNS`."""
    return Talk(*row[: len(COLUMNS)])


def open_of_chats(connection: Connection, chat_ids: Iterable[int]) -> dict[int, Talk]:
    """Read the talks under way in chats, by the chat's id."""
    return {
        row.chat_id: read(row)
        for page in pages(sorted(set(chat_ids)))
        for row in connection.execute(_OPEN_OF_CHATS, {"chats": page})
    }


def change(connection: Connection, changes: Iterable[TalkChange]) -> None:
    """Write changes down; raises `Overtaken` when a talk has moved since it was read."""
    for one in changes:
        this = one.talk.id or _begin(connection, one.talk)
        if one.talk.id:
            row = {name: getattr(one.talk, name) for name in _CHANGING}
            changed = connection.execute(_CHANGE, {**row, "this": this, "seen": one.seen})
            if changed.rowcount != 1:
                raise Overtaken
        moves = [
            {"talk_id": this, **{it.name: getattr(m, it.name) for it in fields(m)}}
            for m in one.moves
        ]
        if moves:
            connection.execute(insert(talk_move), moves)
        if one.callback:
            _call(connection, this, one.callback)


def rate(connection: Connection, scores: Iterable[tuple[int, int, int]]) -> None:
    """Keep ratings, each with the chat's and the talk's id; the first one of a talk stands."""
    rows = [{"chat": chat_id, "this": this, "score": score} for chat_id, this, score in scores]
    if rows:
        connection.execute(_RATE, rows)


def look_at(connection: Connection, this: int, login: str) -> None:
    """Note that the representative who has the talk has seen what the citizen wrote."""
    connection.execute(_READ, {"this": this, "login": login})


def stay(connection: Connection, this: int, login: str, until: datetime) -> None:
    """Let the lease of who leads a talk go on."""
    connection.execute(_STAY, {"this": this, "login": login, "until": until})


def due(connection: Connection, now: datetime, limit: int) -> list[DueTalk]:
    """Read talks whose lease has ended or that are to wake, the oldest first."""
    return [
        DueTalk(read(row), row.channel, row.address)
        for row in connection.execute(_DUE, {"now": now, "limit": limit})
    ]


def _begin(connection: Connection, new: Talk) -> int:
    row = {one.name: getattr(new, one.name) for one in fields(new) if one.name != "id"}
    this: int = connection.execute(insert(talk).returning(talk.c.id), row).scalar_one()
    return this


def _call(connection: Connection, this: int, wanted: Callback) -> None:
    row = {"phone": wanted.phone, "preferred": wanted.preferred}
    connection.execute(insert_absent(connection, callback), {"talk_id": this, **row})
    connection.execute(_CALL, {"this": this, **row})
