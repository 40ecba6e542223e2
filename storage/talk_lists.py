"""Talks as the desk lists them: page by page, by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Select, bindparam, func, select, tuple_

from storage.schema import chat
from storage.talk_schema import (
    CLAIMED,
    CLOSED,
    OPEN,
    PARKED,
    QUEUED,
    callback,
    talk,
    talk_move,
)
from storage.talks import COLUMNS, Callback, Talk, TalkMove, read

View: TypeAlias = Literal["mine", "waiting", "parked", "closed", "all"]

_IN_LINE = 500  # who is further back learns that at least so many are before them
_LATELY = timedelta(hours=2)
_RECENT = 20  # talks whose waits tell how long one waits now


@dataclass(frozen=True, slots=True)
class Listed:
    """A talk, and where and in what language it is held."""

    talk: Talk
    channel: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """How the line stands: by when each who waits in it ought to be answered, the first first.

    ``minutes`` is how long people have waited lately, 0 when nobody has.
    """

    waiting: Sequence[tuple[datetime, int]] = ()
    minutes: int = 0

    def place(self, chat_id: int, breach_at: datetime) -> int:
        """Tell the place in line of a chat, counted from 1."""
        return 1 + sum(
            1
            for at, other in self.waiting
            if other != chat_id and (at, other) < (breach_at, chat_id)
        )

    def joined(self, chat_id: int, breach_at: datetime) -> "Line":
        """Add somebody who has just come."""
        others = [one for one in self.waiting if one[1] != chat_id]
        return replace(self, waiting=sorted([*others, (breach_at, chat_id)]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk stands: who waits and since when, and who is led."""

    waiting: int
    oldest_since: datetime | None
    led: int


def _moment(name: str) -> Any:
    return bindparam(name, type_=talk.c.since.type)


_ID = bindparam("id", type_=talk.c.id.type)
_LISTED = (
    select(*COLUMNS, chat.c.channel, chat.c.address, chat.c.language)
    .join(chat, chat.c.id == talk.c.chat_id)
    .limit(bindparam("limit"))
)
_VIEWS: Mapping[View, Select[Any]] = {
    "mine": _LISTED.where(OPEN, talk.c.representative == bindparam("login")).order_by(
        talk.c.breach_at, talk.c.id
    ),
    "waiting": _LISTED.where(QUEUED).order_by(talk.c.breach_at, talk.c.id),
    "parked": _LISTED.where(PARKED).order_by(talk.c.due_at, talk.c.id),
    "closed": _LISTED.where(CLOSED, talk.c.closed_at >= _moment("since")).order_by(
        talk.c.closed_at.desc(), talk.c.id.desc()
    ),
    "all": _LISTED.order_by(talk.c.id.desc()),
}
_FURTHER: Mapping[View, Any] = {
    "mine": tuple_(talk.c.breach_at, talk.c.id) > tuple_(_moment("at"), _ID),
    "waiting": tuple_(talk.c.breach_at, talk.c.id) > tuple_(_moment("at"), _ID),
    "parked": tuple_(talk.c.due_at, talk.c.id) > tuple_(_moment("at"), _ID),
    "closed": tuple_(talk.c.closed_at, talk.c.id) < tuple_(_moment("at"), _ID),
    "all": talk.c.id < _ID,
}
_KEYS: Mapping[View, str] = {
    "mine": "breach_at",
    "waiting": "breach_at",
    "parked": "due_at",
    "closed": "closed_at",
}
_ONE = (
    select(*COLUMNS, chat.c.channel, chat.c.address, chat.c.language)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(talk.c.id == bindparam("this"))
)
_OPEN_OF = select(*COLUMNS).where(OPEN, talk.c.chat_id == bindparam("chat"))
_OF_CHAT = (
    select(*COLUMNS)
    .where(talk.c.chat_id == bindparam("chat"))
    .order_by(talk.c.id.desc())
    .limit(bindparam("limit"))
)
_MOVES = (
    select(
        talk_move.c.place,
        talk_move.c.at,
        talk_move.c.kind,
        talk_move.c.state,
        talk_move.c.login,
        talk_move.c.name,
        talk_move.c.note,
        talk_move.c.key,
    )
    .where(talk_move.c.talk_id == bindparam("this"))
    .order_by(talk_move.c.place)
)
_CALL = select(callback.c.phone, callback.c.preferred).where(
    callback.c.talk_id == bindparam("this")
)
_TAKEN = (
    select(talk.c.id)
    .join(talk_move, talk_move.c.talk_id == talk.c.id)
    .where(
        OPEN, talk.c.representative == bindparam("login"), talk_move.c.key == bindparam("taken_by")
    )
)
_TOP = select(talk.c.id).where(QUEUED).order_by(talk.c.breach_at, talk.c.id).limit(1)
_WAITING = (
    select(talk.c.breach_at, talk.c.chat_id)
    .where(QUEUED, talk.c.kind == "live")
    .order_by(talk.c.breach_at, talk.c.id)
    .limit(_IN_LINE)
)
_WAITS = (
    select(talk.c.since, talk.c.claimed_at)
    .where(CLAIMED, talk.c.claimed_at >= _moment("since"), talk.c.kind == "live")
    .order_by(talk.c.claimed_at.desc())
    .limit(_RECENT)
)
_QUEUE_STANDS = select(func.count(), func.min(talk.c.since)).where(QUEUED)
_COUNT = select(func.count()).select_from(talk)
_LED_STANDS = _COUNT.where(OPEN, talk.c.representative != "")
_COUNTS = {
    "mine": _COUNT.where(OPEN, talk.c.representative == bindparam("login")),
    "waiting": _COUNT.where(QUEUED),
    "parked": _COUNT.where(PARKED),
    "closed": _COUNT.where(CLOSED, talk.c.closed_at >= _moment("since")),
}
_AMONG = talk.c.region.in_(bindparam("regions", expanding=True))


def listed(
    connection: Connection,
    view: View,
    login: str,
    regions: Sequence[str] | None,
    since: datetime,
    after: Talk | None,
    limit: int,
) -> list[Listed]:
    """Read a page of a view, past the talk ``after``; ``since`` is when the day began."""
    query = _VIEWS[view]
    where: dict[str, Any] = {"login": login, "since": since, "limit": limit}
    if regions is not None:
        query, where = query.where(_AMONG), where | {"regions": list(regions)}
    if after is not None:
        query = query.where(_FURTHER[view])
        where["id"] = after.id
        if view in _KEYS:
            where["at"] = getattr(after, _KEYS[view])
    named = query.compile().params
    found = connection.execute(
        query, {name: given for name, given in where.items() if name in named}
    )
    return [_listed(row) for row in found]


def counts(
    connection: Connection, login: str, regions: Sequence[str] | None, since: datetime
) -> dict[str, int]:
    """Count the talks of each view but the last."""
    counted = {}
    for view, query in _COUNTS.items():
        where: dict[str, Any] = {"login": login, "since": since}
        if regions is not None:
            query, where = query.where(_AMONG), where | {"regions": list(regions)}  # noqa: PLW2901
        named = query.compile().params
        given = {name: value for name, value in where.items() if name in named}
        counted[view] = connection.execute(query, given).scalar_one()
    return counted


def one(connection: Connection, this: int) -> Listed | None:
    """Look at one talk."""
    row = connection.execute(_ONE, {"this": this}).one_or_none()
    return _listed(row) if row else None


def open_of_chat(connection: Connection, chat_id: int) -> Talk | None:
    """Look at the talk under way in a chat."""
    row = connection.execute(_OPEN_OF, {"chat": chat_id}).one_or_none()
    return read(row) if row else None


def of_chat(connection: Connection, chat_id: int, limit: int) -> list[Talk]:
    """Read the talks of a chat, the newest first."""
    return [read(row) for row in connection.execute(_OF_CHAT, {"chat": chat_id, "limit": limit})]


def moves(connection: Connection, this: int) -> list[TalkMove]:
    """Read what happened to a talk."""
    return [TalkMove(*row) for row in connection.execute(_MOVES, {"this": this})]


def call(connection: Connection, this: int) -> Callback | None:
    """Look at the call that is wanted."""
    row = connection.execute(_CALL, {"this": this}).one_or_none()
    return Callback(*row) if row else None


def top(connection: Connection, regions: Sequence[str] | None) -> int | None:
    """Find the talk that ought to be taken next."""
    query, where = _TOP, {}
    if regions is not None:
        query, where = query.where(_AMONG), {"regions": list(regions)}
    this: int | None = connection.execute(query, where).scalar_one_or_none()
    return this


def taken(connection: Connection, login: str, key: str) -> int | None:
    """Find the talk that a representative has taken by a deed of that key."""
    where = {"login": login, "taken_by": key}
    this: int | None = connection.execute(_TAKEN, where).scalar_one_or_none()
    return this


def line(connection: Connection, now: datetime) -> Line:
    """Read how the line stands."""
    waiting = [(row.breach_at, row.chat_id) for row in connection.execute(_WAITING)]
    waits = [
        row.claimed_at - row.since for row in connection.execute(_WAITS, {"since": now - _LATELY})
    ]
    if not waits:
        return Line(waiting)
    average = sum(waits, timedelta()) / len(waits)
    return Line(waiting, max(1, round(average / timedelta(minutes=1))))


def standing(connection: Connection) -> Standing:
    """Read how the desk stands, for whoever watches the program."""
    waiting, oldest = connection.execute(_QUEUE_STANDS).one()
    return Standing(waiting, oldest, connection.execute(_LED_STANDS).scalar_one())


def _listed(row: Any) -> Listed:
    return Listed(read(row), *row[len(COLUMNS) :])
