"""Copying the conversations that wait for something into a database of their own."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from sqlalchemy import BindParameter, Connection, RowMapping, Select, Table, bindparam, or_, select
from sqlalchemy.exc import SQLAlchemyError

from storage import revision
from storage.db import Database, database_at, migrate
from storage.errors import StorageError
from storage.people_schema import insured, link
from storage.schema import application, application_move, chat, reminder
from storage.statements import insert_absent, pages

_PAGE: Final = 500  # chats
_AFTER = chat.c.id > bindparam("after")
_WAITS = select(reminder.c.chat_id).where(reminder.c.chat_id == chat.c.id).exists()
_IS_MEANT = or_(
    chat.c.channel + ":" + chat.c.address == bindparam("person"),
    select(link.c.chat_id)
    .join(insured, insured.c.id == link.c.insured_id)
    .where(link.c.chat_id == chat.c.id, insured.c.enp == bindparam("person"))
    .exists(),
)
_CHATS = select(chat.c.id).where(_AFTER, _WAITS).order_by(chat.c.id).limit(_PAGE)
_OF_PERSON = select(chat.c.id).where(_AFTER, _IS_MEANT).order_by(chat.c.id).limit(_PAGE)
_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_LINKED = select(link.c.insured_id).where(link.c.chat_id.in_(_IDS))
_FILED = select(application.c.number).where(application.c.chat_id.in_(_IDS))
_TABLES: Final = (
    (chat, select(chat).where(chat.c.id.in_(_IDS))),
    (reminder, select(reminder).where(reminder.c.chat_id.in_(_IDS))),
    (application, select(application).where(application.c.chat_id.in_(_IDS))),
    (application_move, select(application_move).where(application_move.c.number.in_(_FILED))),
    (insured, select(insured).where(insured.c.id.in_(_LINKED))),
    (link, select(link).where(link.c.chat_id.in_(_IDS))),
)
"""What a reminder can speak of, those that others point to first."""

_Rows: TypeAlias = Sequence[RowMapping]


async def copy_waiting(url: str, copy: str, person: str = "") -> int:
    """Copy the chats that wait to be woken into the new database ``copy``; count them.

    ``person`` is a chat, ``channel:address``, or the ЕНП of someone linked, and leaves all
    others out. Histories stay behind. Nothing is written where it is copied from. Raises
    `StorageError` when that cannot be read.
    """
    source = database_at(url)
    try:
        await _must_be_up_to_date(source)
        await migrate(copy)
        target = database_at(copy)
        try:
            return await _copy(source, target, person)
        finally:
            await target.close()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise source.explain(error) from error
    finally:
        await source.close()


async def _must_be_up_to_date(database: Database) -> None:
    async with database.reading() as run:
        if await run(revision.stored) != revision.HEAD:
            raise StorageError(f"The tables of {database} are not up to date: run migrate first.")


async def _copy(source: Database, target: Database, person: str) -> int:
    copied, last = 0, 0
    while True:
        async with source.reading() as run:
            ids = await run(_page, last, person)
            # Those that point to others first: what they point to is there by then.
            found = [(table, await run(_rows, rows, ids)) for table, rows in reversed(_TABLES)]
        if not ids:
            return copied
        async with target.transaction() as run:
            for table, rows in reversed(found):
                await run(_write, table, rows)
        copied, last = copied + len(ids), ids[-1]


def _page(connection: Connection, after: int, person: str) -> list[int]:
    where = {"after": after, "person": person}
    return list(connection.execute(_OF_PERSON if person else _CHATS, where).scalars())


def _rows(connection: Connection, statement: Select[Any], ids: Sequence[int]) -> _Rows:
    return [
        row
        for page in pages(ids)
        for row in connection.execute(statement, {"ids": page}).mappings()
    ]


def _write(connection: Connection, table: Table, rows: _Rows) -> None:
    if rows:  # one person may be linked in chats of several pages
        connection.execute(insert_absent(connection, table), [dict(row) for row in rows])
