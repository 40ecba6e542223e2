"""How chats have proven whose they are: links, proofs under way, attempts, the journal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select, update

from dialogs.attempts import Attempts
from dialogs.insured import Insured, Linked, Role
from storage.people_schema import attempt, identity_journal, insured, link, proof
from storage.schema import chat
from storage.statements import insert_absent, pages

Happened: TypeAlias = Literal[
    "asked",
    "paused",
    "refused",
    "sent",
    "wrong",
    "linked",
    "unlinked",
    "linked_by_desk",
    "unlinked_by_desk",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a chat is proving; the same rows are written whether the person exists or not.

    ``serial`` tells this asking from an earlier one. ``code`` is the digest of the code that
    was made, None until it is or where the messenger vouches for the phone; ``proves`` is whom
    it proves to be, None for nobody.
    """

    chat_id: int
    serial: str
    role: Role
    asked_at: datetime
    tries: int = 0
    code: str | None = field(default=None, repr=False)
    proves: Insured | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of the journal of identity."""

    chat_id: int
    kind: Happened
    insured_id: int | None = None


_PEOPLE = (
    select(link.c.chat_id, link.c.role, *insured.c)
    .join(insured, insured.c.id == link.c.insured_id)
    .where(link.c.chat_id.in_(bindparam("chats", expanding=True)))
    .order_by(link.c.chat_id, link.c.at, link.c.insured_id)
)
_PEOPLE_AT = (
    select(link.c.role, *insured.c)
    .join(insured, insured.c.id == link.c.insured_id)
    .join(chat, chat.c.id == link.c.chat_id)
    .where(chat.c.channel == bindparam("channel"), chat.c.address == bindparam("address"))
    .order_by(link.c.at, link.c.insured_id)
)
_LINK = and_(link.c.chat_id == bindparam("chat"), link.c.insured_id == bindparam("person"))
_RELINK = update(link).where(_LINK).values(role=bindparam("as_role"), at=bindparam("moment"))
_UNLINK = delete(link).where(_LINK)
_PROOFS = (
    select(
        proof.c.chat_id,
        proof.c.serial,
        proof.c.role,
        proof.c.asked_at,
        proof.c.tries,
        proof.c.code,
        *insured.c,
    )
    .outerjoin(insured, insured.c.id == proof.c.insured_id)
    .where(proof.c.chat_id.in_(bindparam("chats", expanding=True)))
)
_OF_PROOF = 6  # columns of the proof; those of the person follow
_DROP_PROOFS = delete(proof).where(proof.c.chat_id.in_(bindparam("chats", expanding=True)))
_ARM = (
    update(proof)
    .where(proof.c.chat_id == bindparam("chat"), proof.c.serial == bindparam("of_serial"))
    .values(code=bindparam("made"), insured_id=bindparam("person"))
)
_ATTEMPTS = (
    select(attempt)
    .where(attempt.c.key.in_(bindparam("keys", expanding=True)))
    .order_by(attempt.c.key)
    .with_for_update()
)
_COUNT = (
    update(attempt)
    .where(attempt.c.key == bindparam("this"))
    .values(count=bindparam("many"), last_at=bindparam("moment"))
)


def people(connection: Connection, chat_ids: Iterable[int]) -> Mapping[int, tuple[Linked, ...]]:
    """Read who is proven in chats, by the chat's id, in the order of linking."""
    found: defaultdict[int, list[Linked]] = defaultdict(list)
    for page in pages(sorted(set(chat_ids))):
        for chat_id, role, *person in connection.execute(_PEOPLE, {"chats": page}):
            found[chat_id].append(Linked(Insured(*person), role))
    return {chat_id: tuple(known) for chat_id, known in found.items()}


def people_at(connection: Connection, channel: str, address: str) -> tuple[Linked, ...]:
    """Read who is proven in one chat."""
    found = connection.execute(_PEOPLE_AT, {"channel": channel, "address": address})
    return tuple(Linked(Insured(*person), role) for role, *person in found)


def link_to(connection: Connection, links: Iterable[tuple[int, int, Role]], now: datetime) -> None:
    """Link chats to people, each with what they are to who writes there."""
    rows = [
        {"chat_id": chat_id, "insured_id": person, "role": role, "at": now}
        for chat_id, person, role in links
    ]
    if rows:
        connection.execute(insert_absent(connection, link), rows)
        connection.execute(
            _RELINK,
            [
                {
                    "chat": row["chat_id"],
                    "person": row["insured_id"],
                    "as_role": row["role"],
                    "moment": now,
                }
                for row in rows
            ],
        )


def unlink(connection: Connection, links: Iterable[tuple[int, int]]) -> None:
    """Part chats from people."""
    rows = [{"chat": chat_id, "person": person} for chat_id, person in links]
    if rows:
        connection.execute(_UNLINK, rows)


def proofs(connection: Connection, chat_ids: Iterable[int]) -> Mapping[int, Proof]:
    """Read what chats are proving."""
    return {
        row.chat_id: _proof(row)
        for page in pages(sorted(set(chat_ids)))
        for row in connection.execute(_PROOFS, {"chats": page})
    }


def _proof(row: Row[Any]) -> Proof:
    proves = Insured(*row[_OF_PROOF:]) if row.id else None
    return Proof(row.chat_id, row.serial, row.role, row.asked_at, row.tries, row.code, proves)


def prove(connection: Connection, changed: Mapping[int, Proof | None]) -> None:
    """Write what chats are proving now, None for those who are not any more."""
    for page in pages(sorted(changed)):
        connection.execute(_DROP_PROOFS, {"chats": page})
    rows = [
        {
            "chat_id": one.chat_id,
            "serial": one.serial,
            "role": one.role,
            "asked_at": one.asked_at,
            "tries": one.tries,
            "code": one.code,
            "insured_id": one.proves.id if one.proves else None,
        }
        for one in changed.values()
        if one
    ]
    if rows:
        connection.execute(insert(proof), rows)


def arm(
    connection: Connection, chat_id: int, serial: str, code: str | None, insured_id: int | None
) -> None:
    """Set the code of an asking that still stands, if it has one, and whom it proves."""
    connection.execute(
        _ARM, {"chat": chat_id, "of_serial": serial, "made": code, "person": insured_id}
    )


def attempts(connection: Connection, keys: Iterable[str], now: datetime) -> dict[str, Attempts]:
    """Read how often was tried under keys, and keep others from counting until the commit."""
    wanted: Sequence[str] = sorted(set(keys))
    if not wanted:
        return {}
    connection.execute(
        insert_absent(connection, attempt),
        [{"key": key, "count": 0, "last_at": now} for key in wanted],
    )
    return {
        key: Attempts(tried, last_at)
        for page in pages(wanted)
        for key, tried, last_at in connection.execute(_ATTEMPTS, {"keys": page})
    }


def count(connection: Connection, counted: Mapping[str, Attempts]) -> None:
    """Write back attempts that this transaction has read."""
    rows = [{"this": key, "many": one.count, "moment": one.last_at} for key, one in counted.items()]
    if rows:
        connection.execute(_COUNT, rows)


def note(connection: Connection, lines: Iterable[Noted], now: datetime) -> None:
    """Add lines to the journal."""
    rows = [
        {"at": now, "chat_id": one.chat_id, "kind": one.kind, "insured_id": one.insured_id}
        for one in lines
    ]
    if rows:
        connection.execute(insert(identity_journal), rows)
