"""What representatives keep beside talks: notes, labels, drafts of messages, canned replies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from storage.statements import insert_absent, pages
from storage.talk_schema import canned, composed, label, note

Mode: TypeAlias = Literal["citizen", "note"]
"""What is being written: a message for the citizen, or a private note."""

SHARED = ""
"""The owner of canned replies that everybody has."""


@dataclass(frozen=True, slots=True)
class Note:
    """A private note about a chat; ``key`` is unique, so a note handed in twice is one."""

    key: str
    chat_id: int
    at: datetime
    login: str
    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Canned:
    """A reply ready for use; ``owner`` is a login or `SHARED`; ``id`` is 0 until it is kept."""

    id: int
    owner: str
    language: str
    title: str
    text: str


_NOTES = (
    select(note.c.key, note.c.chat_id, note.c.at, note.c.login, note.c.name, note.c.text)
    .where(note.c.chat_id == bindparam("chat"))
    .order_by(note.c.at.desc(), note.c.key.desc())
    .limit(bindparam("limit"))
)
_LABELS = (
    select(label.c.chat_id, label.c.name)
    .where(label.c.chat_id.in_(bindparam("chats", expanding=True)))
    .order_by(label.c.chat_id, label.c.name)
)
_UNLABEL = delete(label).where(
    label.c.chat_id == bindparam("chat"),
    label.c.name == bindparam("label", type_=label.c.name.type),
)
_MINE = and_(composed.c.login == bindparam("by"), composed.c.talk_id == bindparam("talk"))
_COMPOSED = select(composed.c.mode, composed.c.text).where(_MINE)
_THIS = and_(_MINE, composed.c.mode == bindparam("how"))
_COMPOSE = (
    update(composed)
    .where(_THIS)
    .values(
        text=bindparam("words", type_=composed.c.text.type),
        at=bindparam("now", type_=composed.c.at.type),
    )
)
_UNCOMPOSE = delete(composed).where(_THIS)
_CANNED = (
    select(canned.c.id, canned.c.owner, canned.c.language, canned.c.title, canned.c.text)
    .where(or_(canned.c.owner == bindparam("login"), canned.c.owner == SHARED))
    .order_by(canned.c.owner, canned.c.title, canned.c.id)
)
_REWRITE = (
    update(canned)
    .where(canned.c.id == bindparam("this"), canned.c.owner == bindparam("whose"))
    .values({name: bindparam(name) for name in ("language", "title", "text", "at")})
)
_DROP = delete(canned).where(canned.c.id == bindparam("this"), canned.c.owner == bindparam("whose"))


def keep_note(connection: Connection, one: Note) -> None:
    """Keep a note; one of the same key stays as it is."""
    row = {
        "key": one.key,
        "chat_id": one.chat_id,
        "at": one.at,
        "login": one.login,
        "name": one.name,
        "text": one.text,
    }
    connection.execute(insert_absent(connection, note), row)


def notes(connection: Connection, chat_id: int, limit: int) -> list[Note]:
    """Read the newest notes about a chat, the newest first."""
    return [Note(*row) for row in connection.execute(_NOTES, {"chat": chat_id, "limit": limit})]


def put_label(connection: Connection, chat_id: int, name: str, login: str, now: datetime) -> None:
    """Put a label on a chat; one that is there stays as it is."""
    row = {"chat_id": chat_id, "name": name, "login": login, "at": now}
    connection.execute(insert_absent(connection, label), row)


def take_label(connection: Connection, chat_id: int, name: str) -> None:
    """Take a label off a chat."""
    connection.execute(_UNLABEL, {"chat": chat_id, "label": name})


def labels(connection: Connection, chat_ids: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """Read the labels of chats, by the chat's id."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for page in pages(sorted(set(chat_ids))):
        for row in connection.execute(_LABELS, {"chats": page}):
            found[row.chat_id].append(row.name)
    return found


def compose(
    connection: Connection, login: str, talk_id: int, mode: Mode, text: str, now: datetime
) -> None:
    """Keep what is being written; empty text is forgotten."""
    this = {"by": login, "talk": talk_id, "how": mode}
    if not text:
        connection.execute(_UNCOMPOSE, this)
        return
    row = {"login": login, "talk_id": talk_id, "mode": mode, "text": text, "at": now}
    connection.execute(insert_absent(connection, composed), row)
    connection.execute(_COMPOSE, this | {"words": text, "now": now})


def being_composed(connection: Connection, login: str, talk_id: int) -> dict[str, str]:
    """Read what a representative is writing in a talk, by mode."""
    found = connection.execute(_COMPOSED, {"by": login, "talk": talk_id})
    return {row.mode: row.text for row in found}


def keep_canned(connection: Connection, one: Canned, now: datetime) -> int:
    """Keep a canned reply, a new one or a rewritten one, and return its id."""
    row = {"language": one.language, "title": one.title, "text": one.text, "at": now}
    if one.id:
        connection.execute(_REWRITE, row | {"this": one.id, "whose": one.owner})
        return one.id
    made = insert(canned).returning(canned.c.id)
    this: int = connection.execute(made, row | {"owner": one.owner}).scalar_one()
    return this


def drop_canned(connection: Connection, this: int, owner: str) -> None:
    """Drop a canned reply of this owner."""
    connection.execute(_DROP, {"this": this, "whose": owner})


def replies(connection: Connection, login: str) -> list[Canned]:
    """Read the canned replies that a representative has: the shared ones first, then the own."""
    return [Canned(*row) for row in connection.execute(_CANNED, {"login": login})]
