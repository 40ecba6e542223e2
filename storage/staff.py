"""Who works at the desk: accounts and their recovery codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.desk_schema import staff, staff_recovery


@dataclass(frozen=True, slots=True)
class Staff:
    """One account. ``id`` is 0 until it is kept.

    ``login`` is small ASCII letters; ``regions`` are two-digit codes, or the words that
    `bot.desk.permissions` knows; none means that nothing of citizens is seen.
    ``password`` is its argon2id digest; ``must_renew`` says that somebody else knows it.
    ``second_factor`` is the sealed secret of one-time codes, None until it is enrolled;
    ``last_step`` is the last time step whose code was taken, so that none is taken twice.
    ``telegram`` is the id of the Telegram user whose words in the forum are this account's.
    """

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    regions: tuple[str, ...]
    password: str = field(repr=False)
    created_at: datetime
    must_renew: bool = True
    second_factor: bytes | None = field(default=None, repr=False)
    last_step: int = 0
    is_disabled: bool = False
    is_demo: bool = False
    seen_at: datetime | None = None
    telegram: int | None = None


_COLUMNS = (
    staff.c.id,
    staff.c.login,
    staff.c.name,
    staff.c.roles,
    staff.c.regions,
    staff.c.password,
    staff.c.created_at,
    staff.c.must_renew,
    staff.c.second_factor,
    staff.c.last_step,
    staff.c.is_disabled,
    staff.c.is_demo,
    staff.c.seen_at,
    staff.c.telegram,
)
_BY_LOGIN = select(*_COLUMNS).where(staff.c.login == bindparam("wanted"))
_BY_TELEGRAM = select(*_COLUMNS).where(staff.c.telegram == bindparam("wanted"))
_BY_ID = select(*_COLUMNS).where(staff.c.id == bindparam("wanted"))
_PAGE = (
    select(*_COLUMNS)
    .where(staff.c.login > bindparam("after"))
    .order_by(staff.c.login)
    .limit(bindparam("limit"))
)
_ANYBODY = select(func.count()).select_from(
    select(staff.c.id).where(staff.c.is_demo.is_(False)).limit(1).subquery()
)
_KEEP = update(staff).where(staff.c.id == bindparam("this"))
_ADD = insert(staff).returning(staff.c.id)
_DROP_RECOVERY = delete(staff_recovery).where(staff_recovery.c.staff_id == bindparam("this"))
_SPEND = delete(staff_recovery).where(
    staff_recovery.c.staff_id == bindparam("this"),
    staff_recovery.c.digest == bindparam("spent"),
)
_LEFT = (
    select(func.count())
    .select_from(staff_recovery)
    .where(staff_recovery.c.staff_id == bindparam("this"))
)


def of_row(row: Sequence[Any]) -> Staff:
    """Read an account from the columns of `columns`."""
    number, login, name, roles, regions, *rest = row
    return Staff(number, login, name, tuple(roles), tuple(regions), *rest)


def columns() -> tuple[Any, ...]:
    """List what `of_row` reads."""
    return _COLUMNS


def by_login(connection: Connection, login: str) -> Staff | None:
    """Find an account by its login."""
    row = connection.execute(_BY_LOGIN, {"wanted": login}).one_or_none()
    return of_row(tuple(row)) if row else None


def by_telegram(connection: Connection, telegram: int) -> Staff | None:
    """Find the account that a Telegram user was named for."""
    row = connection.execute(_BY_TELEGRAM, {"wanted": telegram}).one_or_none()
    return of_row(tuple(row)) if row else None


def by_id(connection: Connection, number: int) -> Staff | None:
    """Find an account by its number."""
    row = connection.execute(_BY_ID, {"wanted": number}).one_or_none()
    return of_row(tuple(row)) if row else None


def for_change(connection: Connection, number: int) -> Staff | None:
    """Find an account by its number; nobody else changes it until the commit."""
    row = connection.execute(_BY_ID.with_for_update(), {"wanted": number}).one_or_none()
    return of_row(tuple(row)) if row else None


def page(connection: Connection, after: str, limit: int) -> Sequence[Staff]:
    """Read accounts in the order of logins."""
    found = connection.execute(_PAGE, {"after": after, "limit": limit})
    return [of_row(tuple(row)) for row in found]


def anybody(connection: Connection) -> bool:
    """Tell whether there is an account that is not of the demonstration."""
    return bool(connection.execute(_ANYBODY).scalar_one())


def keep(connection: Connection, kept: Staff) -> int:
    """Write an account down, new or changed; return its number."""
    values = {
        "login": kept.login,
        "name": kept.name,
        "roles": list(kept.roles),
        "regions": list(kept.regions),
        "is_disabled": kept.is_disabled,
        "is_demo": kept.is_demo,
        "password": kept.password,
        "must_renew": kept.must_renew,
        "second_factor": kept.second_factor,
        "last_step": kept.last_step,
        "created_at": kept.created_at,
        "seen_at": kept.seen_at,
        "telegram": kept.telegram,
    }
    if kept.id:
        connection.execute(_KEEP.values(**values), {"this": kept.id})
        return kept.id
    made: int = connection.execute(_ADD, values).scalar_one()
    return made


def put_recovery(connection: Connection, number: int, digests: Iterable[str]) -> None:
    """Give an account new recovery codes in the place of all it had."""
    connection.execute(_DROP_RECOVERY, {"this": number})
    rows = [{"staff_id": number, "digest": digest} for digest in digests]
    if rows:
        connection.execute(insert(staff_recovery), rows)


def spend_recovery(connection: Connection, number: int, digest: str) -> bool:
    """Take a recovery code away; tell whether it was there."""
    return bool(connection.execute(_SPEND, {"this": number, "spent": digest}).rowcount)


def recovery_left(connection: Connection, number: int) -> int:
    """Count the recovery codes that were not used."""
    left: int = connection.execute(_LEFT, {"this": number}).scalar_one()
    return left
