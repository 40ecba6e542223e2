"""What is kept about an insured person beside the register: chats, extracts, how it was proven."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, or_, select

from dialogs.insured import Insured, Role
from storage.extracts import extract
from storage.identity import Happened
from storage.insured import FIELDS
from storage.people_schema import identity_journal, insured, link
from storage.schema import chat

_MOST = 50  # chats, extracts, lines of one person that a page shows


@dataclass(frozen=True, slots=True)
class Naming:
    """One way to understand a name that somebody looks for: the spellings of each part.

    An empty part may be anything.
    """

    surname: tuple[str, ...] = field(repr=False)
    given: tuple[str, ...] = field(default=(), repr=False)
    patronymic: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Met:
    """A chat where a person is proven, as the ``role``; ``at`` is since when."""

    chat_id: int
    channel: str
    address: str = field(repr=False)
    role: Role
    at: datetime
    heard_at: datetime | None
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedExtract:
    """An extract that was issued, to whose chat, and whether it was withdrawn."""

    number: str
    chat_id: int
    issued_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of the journal of identity about a person."""

    at: datetime
    kind: Happened
    chat_id: int
    channel: str


_PEOPLE = select(*(insured.c[name] for name in FIELDS))
_CHATS = (
    select(
        link.c.chat_id,
        chat.c.channel,
        chat.c.address,
        link.c.role,
        link.c.at,
        chat.c.heard_at,
        chat.c.gone_at,
    )
    .join(chat, chat.c.id == link.c.chat_id)
    .where(link.c.insured_id == bindparam("person"))
    .order_by(link.c.at, link.c.chat_id)
    .limit(_MOST)
)
_EXTRACTS = (
    select(extract.c.number, extract.c.chat_id, extract.c.issued_at, extract.c.withdrawn_at)
    .where(extract.c.insured_id == bindparam("person"))
    .order_by(extract.c.issued_at.desc(), extract.c.number)
    .limit(_MOST)
)
_ABOUT = select(extract.c.insured_id).where(extract.c.number == bindparam("this"))
_HAPPENED = (
    select(
        identity_journal.c.at, identity_journal.c.kind, identity_journal.c.chat_id, chat.c.channel
    )
    .join(chat, chat.c.id == identity_journal.c.chat_id)
    .where(identity_journal.c.insured_id == bindparam("person"))
    .order_by(identity_journal.c.at.desc(), identity_journal.c.id.desc())
    .limit(_MOST)
)


def by_name(
    connection: Connection,
    namings: Sequence[Naming],
    born_on: date | None,
    after: int,
    limit: int,
) -> list[Insured]:
    """Find people of the register by name, by our id past ``after``."""
    parts = ("surname", "given", "patronymic")
    wanted = [
        and_(*(insured.c[part].in_(getattr(one, part)) for part in parts if getattr(one, part)))
        for one in namings
    ]
    if not wanted:
        return []
    query = _PEOPLE.where(or_(*wanted), insured.c.id > after)
    if born_on is not None:
        query = query.where(insured.c.born_on == born_on)
    # Sorted past the index of names: by the key alone all of the register would be read.
    found = connection.execute(query.order_by(insured.c.id + 0).limit(limit))
    return [Insured(*row) for row in found]


def chats_of(connection: Connection, person: int) -> list[Met]:
    """Read the chats where a person is proven, in the order of linking."""
    return [Met(*row) for row in connection.execute(_CHATS, {"person": person})]


def extracts_of(connection: Connection, person: int) -> list[IssuedExtract]:
    """Read the extracts about a person, the newest first."""
    return [IssuedExtract(*row) for row in connection.execute(_EXTRACTS, {"person": person})]


def about_whom(connection: Connection, number: str) -> int | None:
    """Tell by our id about whom an extract is."""
    this: int | None = connection.execute(_ABOUT, {"this": number}).scalar_one_or_none()
    return this


def happened_to(connection: Connection, person: int) -> list[Happening]:
    """Read how chats proved to be a person's, or failed to, the newest first."""
    return [Happening(*row) for row in connection.execute(_HAPPENED, {"person": person})]
