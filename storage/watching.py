"""How it stands at this moment, for whoever watches over the desk and the messengers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from storage.desk_schema import staff, staff_session
from storage.figure_schema import fact
from storage.line_schema import line
from storage.outbox import NOW, PENDING, take_turn
from storage.schema import chat, outbox, parked
from storage.talk_lists import Listed
from storage.talk_schema import OPEN, TIMED, talk
from storage.talks import COLUMNS, read

_MOST = 200  # rows of one list; nobody watches more


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is signed in, or leads; ``owes`` counts talks that wait for their words.

    ``seen_at`` is None for who is not signed in, ``owed_since`` when nobody waits for them.
    """

    login: str
    name: str
    seen_at: datetime | None = None
    leads: int = 0
    owes: int = 0
    owed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that a messenger did not take; ``talk`` is the chat's newest one, 0 for none."""

    id: int
    chat_id: int
    channel: str
    at: datetime
    reason: str
    is_gone: bool
    talk: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be sent in a channel, and since when the first of it might have gone."""

    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """The line of a channel: until when some process has it, and until when silence is wanted."""

    leased_until: datetime
    held_until: datetime
    reason: str


_HAS_FAILED = outbox.c.state == literal_column("'failed'")  # spelt out for its partial index


def _moment(name: str) -> Any:
    return bindparam(name, type_=outbox.c.due_at.type)


_SIGNED_IN = (
    select(staff.c.login, staff.c.name, func.max(staff_session.c.seen_at))
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(staff_session.c.seen_at >= _moment("since"), staff_session.c.stage == "full")
    .group_by(staff.c.login, staff.c.name)
    .limit(_MOST)
)
_LED = talk.c.state == literal_column("'led'")
_LEADING = (
    select(
        talk.c.representative,
        talk.c.representative_name,
        func.count(),
        func.count().filter(_LED),
        func.min(talk.c.heard_at).filter(_LED),
    )
    .where(OPEN, talk.c.representative > literal_column("''"))
    .group_by(talk.c.representative, talk.c.representative_name)
)
_LAPSING = (
    select(*COLUMNS, chat.c.channel, chat.c.address, chat.c.language)
    .join(chat, chat.c.id == talk.c.chat_id)
    .where(TIMED, talk.c.due_at <= _moment("until"), _LED)
    .order_by(talk.c.due_at, talk.c.id)
    .limit(_MOST)
)
_NEWEST_TALK = (
    select(talk.c.id).where(talk.c.chat_id == outbox.c.chat_id).order_by(talk.c.id.desc()).limit(1)
)
_NEWEST = _NEWEST_TALK.correlate(outbox).scalar_subquery()
_FAILURES = (
    select(
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.channel,
        outbox.c.settled_at,
        outbox.c.reason,
        chat.c.gone_at.is_not(None),
        func.coalesce(talk.c.id, 0),
    )
    .join(chat, chat.c.id == outbox.c.chat_id)
    .outerjoin(talk, talk.c.id == _NEWEST)
    .where(_HAS_FAILED, outbox.c.settled_at >= _moment("since"))
    .order_by(outbox.c.settled_at.desc(), outbox.c.id.desc())
    .limit(bindparam("limit"))
)
_REGION = func.coalesce(talk.c.region, literal_column("''"))
_THIS = select(_REGION).select_from(outbox).outerjoin(talk, talk.c.id == _NEWEST)
_REGION_OF = _THIS.where(outbox.c.id == bindparam("this"))
_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), _HAS_FAILED)
    .values(
        state="pending",
        due_at=NOW,
        attempts=0,
        settled_at=None,
        reason=None,
        foreign_id=None,
    )
)
_BACKLOG = (
    select(outbox.c.channel, func.count(), func.min(outbox.c.due_at))
    .where(outbox.c.state == PENDING, outbox.c.due_at <= _moment("now"))
    .group_by(outbox.c.channel)
)
_FACTS = (
    select(fact.c.kind, fact.c.name, func.count())
    .where(fact.c.at >= _moment("since"), fact.c.kind.in_(bindparam("kinds", expanding=True)))
    .group_by(fact.c.kind, fact.c.name)
)
_PARKED = select(func.count()).select_from(parked).where(parked.c.at >= _moment("since"))


def _among(query: Select[Any], region: Any, regions: Collection[str] | None) -> Select[Any]:
    return query if regions is None else query.where(region.in_(sorted(regions)))


def present(
    connection: Connection, since: datetime, regions: Collection[str] | None
) -> list[Present]:
    """List who has been at the desk since a moment, and who leads talks of these regions."""
    signed = {
        login: Present(login, name, seen_at)
        for login, name, seen_at in connection.execute(_SIGNED_IN, {"since": since})
    }
    for login, name, leads, owes, owed in connection.execute(
        _among(_LEADING, talk.c.region, regions)
    ):
        seen_at = signed[login].seen_at if login in signed else None
        signed[login] = Present(login, name, seen_at, leads, owes, owed)
    return sorted(signed.values(), key=lambda one: (one.seen_at is None, one.name, one.login))


def lapsing(
    connection: Connection, until: datetime, regions: Collection[str] | None
) -> list[Listed]:
    """List the talks whose leases end by then, the first one first."""
    found = connection.execute(_among(_LAPSING, talk.c.region, regions), {"until": until})
    return [Listed(read(row), *row[len(COLUMNS) :]) for row in found]


def failures(
    connection: Connection, since: datetime, regions: Collection[str] | None, limit: int
) -> list[Failure]:
    """List the messages to people of these regions that have failed since then, newest first."""
    found = connection.execute(
        _among(_FAILURES, _REGION, regions), {"since": since, "limit": limit}
    )
    return [
        Failure(this, chat_id, channel, at, reason or "", bool(is_gone), newest)
        for this, chat_id, channel, at, reason, is_gone, newest in found
    ]


def region_of(connection: Connection, this: int) -> str | None:
    """Find in which region the person lives whom a message was meant for; "" if unknown."""
    region: str | None = connection.execute(_REGION_OF, {"this": this}).scalar_one_or_none()
    return region


def send_again(connection: Connection, this: int, now: datetime) -> bool:
    """Put a message that has failed back into the outbox; tell whether it was there, and failed."""
    take_turn(connection)
    return connection.execute(_AGAIN, {"this": this, "now": now}).rowcount == 1


def backlogs(connection: Connection, now: datetime) -> Mapping[str, Backlog]:
    """Tell what waits to be sent, by channel."""
    return {
        channel: Backlog(waiting, since)
        for channel, waiting, since in connection.execute(_BACKLOG, {"now": now})
    }


def lines(connection: Connection) -> Mapping[str, Held]:
    """Tell how the lines stand, by channel."""
    return {
        row.channel: Held(row.leased_until, row.held_until, row.reason)
        for row in connection.execute(select(line))
    }


def facts(
    connection: Connection, kinds: Sequence[str], since: datetime
) -> Mapping[tuple[str, str], int]:
    """Count facts of some kinds, by kind and name."""
    found = connection.execute(_FACTS, {"kinds": kinds, "since": since})
    return {(kind, name): count for kind, name, count in found}


def parked_since(connection: Connection, since: datetime) -> int:
    """Count the events that the core could not take."""
    count: int = connection.execute(_PARKED, {"since": since}).scalar_one()
    return count
