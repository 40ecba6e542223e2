"""Taking in a whole register at once: people gather in a table of their own, then all move over.

The gathering is many short transactions, so conversations go on; the move is one, so a
register is never half of the old and half of the new, whatever breaks off.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from dialogs.insured import Insured
from storage.insured import KEPT, as_row
from storage.people_schema import insured, insured_import

_STAGED = insured_import.c.batch == bindparam("this")
_SAME_PERSON = insured.c.enp == insured_import.c.enp


def _differs() -> ColumnElement[bool]:
    """Tell whether anything of a person has changed; «unknown» counts as a value."""
    return or_(
        *(
            insured.c[name].is_distinct_from(insured_import.c[name])
            for name in KEPT
            if name != "enp"
        )
    )


_LEAVE = delete(insured_import).where(insured_import.c.batch != bindparam("this"))
_SETTLE = delete(insured_import).where(
    _STAGED,
    insured_import.c.row > bindparam("after"),
    insured_import.c.row <= bindparam("to"),
    exists().where(_SAME_PERSON, ~_differs()),
)
_COUNT = select(func.count()).where(_STAGED)
_CHANGE = (
    update(insured)
    .where(_STAGED, _SAME_PERSON, _differs())
    .values({name: insured_import.c[name] for name in KEPT if name != "enp"})
)
_ADD = insert(insured).from_select(
    list(KEPT),
    select(*(insured_import.c[name] for name in KEPT)).where(
        _STAGED, ~exists().where(_SAME_PERSON)
    ),
)
_CLEAR = delete(insured_import).where(_STAGED)


def begin(connection: Connection, batch: str) -> None:
    """Let go of what an import that broke off has left."""
    connection.execute(_LEAVE, {"this": batch})


def gather(connection: Connection, batch: str, first_row: int, people: Iterable[Insured]) -> None:
    """Set people of a batch aside; ``first_row`` is the row of the first one."""
    rows: list[dict[str, Any]] = [
        {"batch": batch, "row": row, **as_row(person)}
        for row, person in enumerate(people, first_row)
    ]
    if rows:
        connection.execute(insert(insured_import), rows)


def settle(connection: Connection, batch: str, after: int, to: int) -> int:
    """Drop those of some rows who are in the register just so; return how many."""
    return connection.execute(_SETTLE, {"this": batch, "after": after, "to": to}).rowcount


def move(connection: Connection, batch: str, expected: int) -> tuple[int, int] | None:
    """Move all that is left of a batch into the register; count the new and the changed.

    None, and nothing is done, when not as many are there as have been gathered: then
    another import has begun meanwhile.
    """
    if connection.execute(_COUNT, {"this": batch}).scalar_one() != expected:
        return None
    changed = connection.execute(_CHANGE, {"this": batch}).rowcount
    new = connection.execute(_ADD, {"this": batch}).rowcount
    connection.execute(_CLEAR, {"this": batch})
    return new, changed


def drop(connection: Connection, batch: str) -> None:
    """Give a batch up."""
    connection.execute(_CLEAR, {"this": batch})
