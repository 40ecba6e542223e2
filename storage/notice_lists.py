"""Lists that operators upload: which person each row names, or why it names nobody.

Of the file only that is kept; the numbers and phones that stood in it are not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
)

from storage.notice_gathering import parts
from storage.notice_schema import notice_listed
from storage.notice_sets import Plan
from storage.people_schema import insured, link
from storage.schema import chat
from storage.statements import pages

By: TypeAlias = Literal["enp", "guest", "phone"]

_WHATSAPP: Final = "whatsapp"  # its addresses are phones
_AT_ONCE: Final = 5000  # rows of one statement's parameters


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row by its number in the file: the ``person`` it names, else its ``fault``, a word.

    ``column`` is the letter of the cell that is meant.
    """

    row: int
    column: str = ""
    fault: str = ""
    person: int | None = None


_own, _first = link.alias("own"), link.alias("first")


def _person_of(chat_id: ColumnElement[int]) -> ColumnElement[Any]:
    """Find the number of a chat's insured person; null for a guest."""
    return (
        select(-func.min(_own.c.insured_id))
        .where(_own.c.chat_id == chat_id, _own.c.role == "self")
        .scalar_subquery()
    )


_REACHED = (
    select(-func.min(_first.c.insured_id))
    .join(_own, (_own.c.chat_id == _first.c.chat_id) & (_own.c.role == "self"))
    .where(_own.c.insured_id == insured.c.id, _first.c.role == "self")
    .scalar_subquery()
)
_KEYS: Final[Any] = bindparam("keys", expanding=True)
_WAYS: Final[Mapping[By, tuple[Select[Any], ...]]] = {
    "enp": (select(insured.c.enp, _REACHED).where(insured.c.enp.in_(_KEYS)),),
    "guest": (
        select(chat.c.id, func.coalesce(_person_of(chat.c.id), chat.c.id)).where(
            chat.c.id.in_(_KEYS)
        ),
    ),
    "phone": (
        select(insured.c.phone, _REACHED).where(insured.c.phone.in_(_KEYS)),
        select(chat.c.address, func.coalesce(_person_of(chat.c.id), chat.c.id)).where(
            chat.c.channel == _WHATSAPP, chat.c.address.in_(_KEYS)
        ),
    ),
}
_FORGET = delete(notice_listed).where(notice_listed.c.notice_id == bindparam("this"))
_FAULTY = (
    select(
        notice_listed.c.row,
        notice_listed.c.at_column,
        notice_listed.c.fault,
        notice_listed.c.person,
    )
    .where(
        notice_listed.c.notice_id == bindparam("this"),
        notice_listed.c.fault != "",
        notice_listed.c.row > bindparam("after"),
    )
    .order_by(notice_listed.c.row)
    .limit(bindparam("limit"))
)
_COUNTS = (
    select(notice_listed.c.fault, func.count().label("rows"))
    .where(notice_listed.c.notice_id == bindparam("this"))
    .group_by(notice_listed.c.fault)
)
_COPY = select(
    bindparam("other", type_=notice_listed.c.notice_id.type),
    notice_listed.c.row,
    notice_listed.c.at_column,
    notice_listed.c.fault,
    notice_listed.c.person,
).where(notice_listed.c.notice_id == bindparam("this"))


def find(connection: Connection, by: By, keys: Sequence[str]) -> dict[str, set[int | None]]:
    """Find the persons behind keys; None stands for one known who has never written to us."""
    found: dict[str, set[int | None]] = {}
    for query in _WAYS[by]:
        is_address = by == "phone" and query is _WAYS[by][1]
        asked: list[Any] = [_as_asked(by, key, is_address=is_address) for key in keys]
        for page in pages(asked):
            for key, person in connection.execute(query, {"keys": page}):
                told = f"+{key}" if is_address else str(key)
                found.setdefault(told, set()).add(person)
    return found


def _as_asked(by: By, key: str, *, is_address: bool) -> str | int:
    if by == "guest":
        return int(key)
    return key.removeprefix("+") if is_address else key


def keep(connection: Connection, number: int, rows: Iterable[ListedRow]) -> None:
    """Keep the list of a notice in the place of an earlier one."""
    connection.execute(_FORGET, {"this": number})
    written = [
        {
            "notice_id": number,
            "row": one.row,
            "at_column": one.column,
            "fault": one.fault,
            "person": one.person,
        }
        for one in rows
    ]
    for start in range(0, len(written), _AT_ONCE):
        connection.execute(insert(notice_listed), written[start : start + _AT_ONCE])


def copy(connection: Connection, number: int, other: int) -> None:
    """Give another notice the same list."""
    columns = [column.name for column in notice_listed.columns]
    statement = insert(notice_listed).from_select(columns, _COPY)
    connection.execute(statement, {"this": number, "other": other})


def faulty(connection: Connection, number: int, after: int, limit: int) -> list[ListedRow]:
    """Read a page of the rows that name nobody, in the order of the file."""
    where = {"this": number, "after": after, "limit": limit}
    return [ListedRow(*row) for row in connection.execute(_FAULTY, where)]


def counts(connection: Connection, number: int) -> dict[str, int]:
    """Count rows by fault; those that name somebody stand under the empty one."""
    return {row.fault: row.rows for row in connection.execute(_COUNTS, {"this": number})}


def left_out(connection: Connection, plan: Plan, after: int, limit: int) -> list[tuple[int, str]]:
    """List rows after one whose people are left out all the same, each with the reason, by row."""
    rows: list[tuple[int, str]] = []
    for part in parts(connection, plan):
        query = part.subquery("found")
        named = (
            select(notice_listed.c.row, query.c.reason)
            .join(query, query.c.person == notice_listed.c.person)
            .where(
                notice_listed.c.notice_id == plan.notice,
                notice_listed.c.row > after,
                query.c.reason != "",
            )
            .order_by(notice_listed.c.row)
            .limit(limit)
        )
        rows += [(row.row, row.reason) for row in connection.execute(named)]
    return sorted(rows)[:limit]
