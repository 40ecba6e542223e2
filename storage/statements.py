"""Shapes of statements that more than one table needs."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar

from sqlalchemy import Connection, Insert, Table

T = TypeVar("T")

_AT_MOST = 512
"""Rows in one statement: 16 columns of them stay far under the limits of both databases."""


def pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut rows into pages that fit a list of parameters.

    A page is filled up to a power of two by repeating its last row, so the databases meet
    a dozen statements and keep their plans, instead of one for every length.
    """
    for start in range(0, len(rows), _AT_MOST):
        page = rows[start : start + _AT_MOST]
        size = 1 << (len(page) - 1).bit_length()
        yield [*page, *([page[-1]] * (size - len(page)))]


@cache
def _insert_absent(table: Table, dialect: str) -> Insert:
    # A database that is not used is not imported.
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table).on_conflict_do_nothing()


def insert_absent(connection: Connection, table: Table) -> Insert:
    """Build the statement that adds rows and passes over those already there."""
    return _insert_absent(table, connection.dialect.name)
