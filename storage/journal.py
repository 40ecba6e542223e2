"""The journal of the desk: a chain that grows at its end and shows any other change.

Each line is authenticated together with the one before it, under a key that the database
does not hold in clear. Who can write into the database can cut the end off; that shows
against any (number, mac) noted or exported before.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.columns import storable
from storage.desk_schema import desk_journal, desk_journal_head
from storage.statements import insert_absent

_GENESIS = "polis desk journal 1"
_ONE = 1  # the only row of the head


@dataclass(frozen=True, slots=True)
class Chain:
    """The key that lines are authenticated with: 32 random bytes."""

    key: bytes = field(repr=False)

    def mac(self, before: str, line: "Line") -> str:
        """Authenticate a line that follows another, given by its own mac."""
        told = [
            before,
            line.number,
            line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            line.login,
            line.deed,
            line.about,
            line.purpose,
        ]
        return hmac.digest(self.key, json.dumps(told).encode(), hashlib.sha256).hex()

    @property
    def genesis(self) -> str:
        """The mac that the first line follows."""
        return hmac.digest(self.key, _GENESIS.encode(), hashlib.sha256).hex()


@dataclass(frozen=True, slots=True)
class Line:
    """One deed or view: who, what, about whom or what, and to what end.

    ``deed`` is one of `bot.desk.deeds`; ``about`` is a reference such as
    ``application:В-17``, never personal data itself.
    """

    number: int
    at: datetime
    login: str
    deed: str
    about: str
    purpose: str
    mac: str = ""


_LAST = select(desk_journal_head.c.number, desk_journal_head.c.mac).where(
    desk_journal_head.c.id == _ONE
)
_HEAD = _LAST.with_for_update()
_SEALED = select(desk_journal_head.c.sealed).where(desk_journal_head.c.id == _ONE)
_RESEAL = (
    update(desk_journal_head).where(desk_journal_head.c.id == _ONE).values(sealed=bindparam("kept"))
)
_ADVANCE = (
    update(desk_journal_head)
    .where(desk_journal_head.c.id == _ONE)
    .values(number=bindparam("last"), mac=bindparam("its_mac"))
)
_AFTER = (
    select(desk_journal)
    .where(desk_journal.c.number > bindparam("place"))
    .order_by(desk_journal.c.number)
    .limit(bindparam("limit"))
)
_BEFORE = (
    select(desk_journal)
    .where(desk_journal.c.number < bindparam("place"))
    .order_by(desk_journal.c.number.desc())
    .limit(bindparam("limit"))
)
_BEFORE_BY = _BEFORE.where(desk_journal.c.login == bindparam("who"))
_BEFORE_ABOUT = _BEFORE.where(desk_journal.c.about == bindparam("what"))
_BEFORE_BY_ABOUT = _BEFORE_BY.where(desk_journal.c.about == bindparam("what"))
_BEYOND = 1 << 62


def begin(connection: Connection, sealed: bytes, genesis: str) -> bytes:
    """Begin the journal under a sealed key, unless it has begun; return the sealed key it has."""
    connection.execute(
        insert_absent(connection, desk_journal_head),
        {"id": _ONE, "number": 0, "mac": genesis, "sealed": sealed},
    )
    kept: bytes = connection.execute(_SEALED).scalar_one()
    return kept


def reseal(connection: Connection, sealed: bytes) -> None:
    """Keep the same key under another seal."""
    connection.execute(_RESEAL, {"kept": sealed})


def write(
    connection: Connection,
    chain: Chain,
    entries: Iterable[tuple[str, str, str, str]],
    now: datetime,
) -> None:
    """Add lines, each as (login, deed, about, purpose); others who write wait for the commit.

    Let it be the last statement of a transaction, so that nobody waits long.
    """
    number, before = connection.execute(_HEAD).one()
    rows: list[dict[str, Any]] = []
    for login, deed, about, purpose in entries:
        number += 1
        line = Line(number, now, login, deed, storable(about), storable(purpose))
        before = chain.mac(before, line)
        rows.append(
            {
                "number": line.number,
                "at": line.at,
                "login": line.login,
                "deed": line.deed,
                "about": line.about,
                "purpose": line.purpose,
                "mac": before,
            }
        )
    if rows:
        connection.execute(insert(desk_journal), rows)
        connection.execute(_ADVANCE, {"last": number, "its_mac": before})


def after(connection: Connection, place: int, limit: int) -> Sequence[Line]:
    """Read lines that follow a number, oldest first."""
    return [Line(*row) for row in connection.execute(_AFTER, {"place": place, "limit": limit})]


def before(
    connection: Connection, place: int | None, limit: int, login: str = "", about: str = ""
) -> Sequence[Line]:
    """Read lines before a number (None: the newest), newest first; of one login, about one thing.

    Empty means any.
    """
    given = {"place": place or _BEYOND, "limit": limit}
    match bool(login), bool(about):
        case True, True:
            found = connection.execute(_BEFORE_BY_ABOUT, {**given, "who": login, "what": about})
        case True, False:
            found = connection.execute(_BEFORE_BY, {**given, "who": login})
        case False, True:
            found = connection.execute(_BEFORE_ABOUT, {**given, "what": about})
        case _:
            found = connection.execute(_BEFORE, given)
    return [Line(*row) for row in found]


def head(connection: Connection) -> tuple[int, str] | None:
    """Read the number and the mac of the last line written; None before the first."""
    row = connection.execute(_LAST).one_or_none()
    return (row.number, row.mac) if row else None
