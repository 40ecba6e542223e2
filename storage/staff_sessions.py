"""Who is signed in where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.desk_schema import staff, staff_session
from storage.staff import Staff, columns, of_row

Stage: TypeAlias = Literal["code", "enrol", "full"]
"""The password was right and the second factor is asked for; is to be enrolled; all is done."""


@dataclass(frozen=True, slots=True)
class StaffSession:
    """One sign-in. ``digest`` is of the token that the browser keeps; ``id`` 0 until kept.

    ``offered`` is the sealed secret that an enrolment shows and has not yet confirmed;
    ``browser`` is what the browser calls itself.
    """

    id: int
    digest: str = field(repr=False)
    staff_id: int
    stage: Stage
    started_at: datetime
    seen_at: datetime
    address: str = ""
    browser: str = field(default="", repr=False)
    offered: bytes | None = field(default=None, repr=False)


_COLUMNS = (
    staff_session.c.id,
    staff_session.c.digest,
    staff_session.c.staff_id,
    staff_session.c.stage,
    staff_session.c.started_at,
    staff_session.c.seen_at,
    staff_session.c.address,
    staff_session.c.browser,
    staff_session.c.offered,
)
_OWN = len(_COLUMNS)
_FIND = (
    select(*_COLUMNS, *columns())
    .join(staff, staff.c.id == staff_session.c.staff_id)
    .where(staff_session.c.digest == bindparam("token"))
)
_OF = (
    select(*_COLUMNS)
    .where(staff_session.c.staff_id == bindparam("whose"))
    .order_by(staff_session.c.id.desc())
    .limit(bindparam("limit"))
)
_SEEN = (
    update(staff_session)
    .where(staff_session.c.digest == bindparam("token"))
    .values(seen_at=bindparam("moment"))
)
_OFFER = (
    update(staff_session)
    .where(staff_session.c.digest == bindparam("token"))
    .values(offered=bindparam("secret"))
)
_END = delete(staff_session).where(
    staff_session.c.staff_id == bindparam("whose"), staff_session.c.id == bindparam("this")
)
_END_ALL = delete(staff_session).where(
    staff_session.c.staff_id == bindparam("whose"), staff_session.c.digest != bindparam("but")
)
_LEAVE = delete(staff_session).where(staff_session.c.digest == bindparam("token"))
_OLD = (
    select(staff_session.c.id)
    .where(staff_session.c.seen_at < bindparam("before", type_=staff_session.c.seen_at.type))
    .order_by(staff_session.c.seen_at)
    .limit(bindparam("limit"))
)
_FORGET = delete(staff_session).where(staff_session.c.id.in_(_OLD))


def open_one(connection: Connection, opened: StaffSession) -> None:
    """Write a sign-in down."""
    values = {
        "digest": opened.digest,
        "staff_id": opened.staff_id,
        "stage": opened.stage,
        "started_at": opened.started_at,
        "seen_at": opened.seen_at,
        "address": opened.address,
        "browser": opened.browser,
        "offered": opened.offered,
    }
    connection.execute(insert(staff_session), values)


def find(connection: Connection, digest: str) -> tuple[StaffSession, Staff] | None:
    """Find a sign-in by the digest of its token, and whose it is."""
    row: Any = connection.execute(_FIND, {"token": digest}).one_or_none()
    return (StaffSession(*row[:_OWN]), of_row(tuple(row[_OWN:]))) if row else None


def of_staff(connection: Connection, number: int, limit: int) -> Sequence[StaffSession]:
    """Read the sign-ins of an account, the newest first."""
    found = connection.execute(_OF, {"whose": number, "limit": limit})
    return [StaffSession(*row) for row in found]


def seen(connection: Connection, digest: str, now: datetime) -> None:
    """Note that somebody is there."""
    connection.execute(_SEEN, {"token": digest, "moment": now})


def offer(connection: Connection, digest: str, secret: bytes | None) -> None:
    """Keep the sealed secret that an enrolment shows."""
    connection.execute(_OFFER, {"token": digest, "secret": secret})


def end(connection: Connection, number: int, session: int) -> bool:
    """End one sign-in of an account; tell whether it was there."""
    return bool(connection.execute(_END, {"whose": number, "this": session}).rowcount)


def end_all(connection: Connection, number: int, but: str) -> int:
    """End the sign-ins of an account but the one of a digest; count them."""
    return connection.execute(_END_ALL, {"whose": number, "but": but}).rowcount


def leave(connection: Connection, digest: str) -> None:
    """End a sign-in by the digest of its token."""
    connection.execute(_LEAVE, {"token": digest})


def forget(connection: Connection, before: datetime, limit: int) -> int:
    """Delete at most ``limit`` sign-ins not seen since then."""
    return connection.execute(_FORGET, {"before": before, "limit": limit}).rowcount
