"""Applications that people have filed, and every move of their lives."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from dialogs.json import Json
from dialogs.lifecycle import Application, Move
from dialogs.regions import region_in
from storage.schema import application, application_move, chat
from storage.statements import pages

_NEWEST = 50  # applications of a chat; nobody has as many


@dataclass(frozen=True, slots=True)
class Filing:
    """An application as it was filed: ``number`` is its receipt, unique for ever.

    ``about`` names the person it is for when that is not the citizen; ``due_on`` is the day
    by which something is promised. ``sources`` tell by step where an answer comes from that
    nobody has typed, such as ``photo``.
    """

    chat_id: int
    number: str
    form: str
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    at: datetime
    about: str = field(default="", repr=False)
    due_on: date | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Answers that take the place of those filed before."""

    number: str
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    about: str = field(default="", repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moving:
    """A move after the filing, the ``place``-th of its application.

    ``name`` says who of the staff moved it; ``due_on`` is the new term; ``steps`` are the
    questions that a request for clarification asks again.
    """

    number: str
    place: int
    move: Move
    name: str = ""
    due_on: date | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handling:
    """Who of the staff has an application from now on, by login and name; empty for nobody."""

    number: str
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """An application with all that was answered, the chat that filed it, and who has it."""

    channel: str
    address: str
    application: Application = field(repr=False)
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)
    taken_by: str = ""
    taken_name: str = ""


_newest = (
    select(
        application.c.chat_id,
        application.c.number,
        application.c.form,
        application.c.about,
        application.c.due_on,
        func.row_number()
        .over(
            partition_by=application.c.chat_id,
            order_by=(application.c.filed_at.desc(), application.c.number.desc()),
        )
        .label("rank"),
    )
    .where(application.c.chat_id.in_(bindparam("chats", expanding=True)))
    .subquery()
)
_OF_CHATS = (
    select(
        _newest.c.chat_id,
        _newest.c.number,
        _newest.c.form,
        _newest.c.about,
        _newest.c.due_on,
    )
    .where(_newest.c.rank <= _NEWEST)
    .order_by(_newest.c.chat_id, _newest.c.rank)
)
_MOVES = (
    select(
        application_move.c.number,
        application_move.c.state,
        application_move.c.at,
        application_move.c.actor,
        application_move.c.reason,
    )
    .where(application_move.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(application_move.c.number, application_move.c.place)
)
_PAPERS = (
    select(application, chat.c.channel, chat.c.address)
    .join(chat, chat.c.id == application.c.chat_id)
    .where(application.c.number.in_(bindparam("numbers", expanding=True)))
)
_COUNT = (
    update(chat).where(chat.c.id == bindparam("this")).values(applications=chat.c.applications + 1)
)
_AMEND = (
    update(application)
    .where(application.c.number == bindparam("this"))
    .values(
        {name: bindparam(name) for name in ("version", "answers", "about", "sources", "region")}
    )
)
_MOVE = (
    update(application)
    .where(application.c.number == bindparam("this"))
    .values({name: bindparam(name) for name in ("state", "due_on")})
)


_HANDLE = (
    update(application)
    .where(application.c.number == bindparam("this"))
    .values({name: bindparam(name) for name in ("taken_by", "taken_name")})
)


def file(connection: Connection, filings: Iterable[Filing]) -> None:
    """Write applications down, each with the first move of its life, and count them."""
    filed = list(filings)
    if not filed:
        return
    rows = [
        {
            "number": one.number,
            "chat_id": one.chat_id,
            "form": one.form,
            "version": one.version,
            "state": "submitted",
            "answers": dict(one.answers),
            "about": one.about,
            "filed_at": one.at,
            "due_on": one.due_on,
            "sources": dict(one.sources) or None,
            "region": region_in(one.answers),
        }
        for one in filed
    ]
    connection.execute(insert(application), rows)
    connection.execute(_COUNT, [{"this": one.chat_id} for one in filed])
    _note(
        connection, [Moving(one.number, 0, Move("submitted", one.at, "citizen")) for one in filed]
    )


def amend(connection: Connection, amendments: Iterable[Amendment]) -> None:
    """Put new answers in the place of those filed."""
    rows = [
        {
            "this": one.number,
            "version": one.version,
            "answers": dict(one.answers),
            "about": one.about,
            "sources": dict(one.sources) or None,
            "region": region_in(one.answers),
        }
        for one in amendments
    ]
    if rows:
        connection.execute(_AMEND, rows)


def move(connection: Connection, movings: Iterable[Moving]) -> None:
    """Write moves down, in order; a place that is taken is refused by the database."""
    moved = list(movings)
    if not moved:
        return
    rows = [{"this": one.number, "state": one.move.state, "due_on": one.due_on} for one in moved]
    connection.execute(_MOVE, rows)
    _note(connection, moved)


def handle(connection: Connection, handlings: Iterable[Handling]) -> None:
    """Write down who has applications from now on, in order."""
    rows = [
        {"this": one.number, "taken_by": one.login, "taken_name": one.name} for one in handlings
    ]
    if rows:
        connection.execute(_HANDLE, rows)


def _note(connection: Connection, moved: Iterable[Moving]) -> None:
    """Add moves to histories."""
    rows = [
        {
            "number": one.number,
            "place": one.place,
            "at": one.move.at,
            "state": one.move.state,
            "actor": one.move.actor,
            "actor_name": one.name,
            "reason": one.move.reason,
            "steps": list(one.steps) or None,
        }
        for one in moved
    ]
    connection.execute(insert(application_move), rows)


def of_chats(connection: Connection, chat_ids: Iterable[int]) -> dict[int, tuple[Application, ...]]:
    """Read the newest applications of chats, the newest first; chats without any are left out."""
    rows = [
        row
        for page in pages(sorted(set(chat_ids)))
        for row in connection.execute(_OF_CHATS, {"chats": page})
    ]
    lives = _lives(connection, (row.number for row in rows))
    found: defaultdict[int, list[Application]] = defaultdict(list)
    for row in rows:
        found[row.chat_id].append(_application(row, lives[row.number]))
    return {chat_id: tuple(applications) for chat_id, applications in found.items()}


def papers(connection: Connection, numbers: Iterable[str]) -> dict[str, Paper]:
    """Read applications with their answers; numbers that were never given are left out."""
    rows = [
        row
        for page in pages(sorted(set(numbers)))
        for row in connection.execute(_PAPERS, {"numbers": page})
    ]
    lives = _lives(connection, (row.number for row in rows))
    return {
        row.number: Paper(
            row.channel,
            row.address,
            _application(row, lives[row.number]),
            row.version,
            row.answers,
            row.sources or {},
            row.taken_by,
            row.taken_name,
        )
        for row in rows
    }


def _lives(connection: Connection, numbers: Iterable[str]) -> Mapping[str, list[Move]]:
    lives: defaultdict[str, list[Move]] = defaultdict(list)
    for page in pages(list(numbers)):
        for number, *move in connection.execute(_MOVES, {"numbers": page}):
            lives[number].append(Move(*move))
    return lives


def _application(row: Row[*tuple[Any, ...]], life: list[Move]) -> Application:
    """Build an application; its state is that of its last move."""
    return Application(row.number, row.form, life[-1].state, tuple(life), row.about, row.due_on)
