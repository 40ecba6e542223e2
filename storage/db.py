"""The database behind one name; nobody else knows which it is."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from storage import revision
from storage.errors import StorageError
from storage.run import Run
from storage.signals import Signals
from storage.work import Look, Work


class Database(Protocol):
    """What the databases have in common."""

    @property
    def signals(self) -> Signals | None:
        """Signals to other processes; None where no other process can be."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[Run]:
        """Run functions in one transaction: committed at the end, given up on an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Run]:
        """Run functions that only read."""
        ...

    def explain(self, error: Exception) -> StorageError:
        """Say in one sentence what an error means to whoever starts the program."""
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...


class Store:
    """An open database whose tables are up to date."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, url: str) -> "Store":
        """Open the database at ``sqlite:///path`` or ``postgresql://…`` and bring it up to date.

        Raises `StorageError` with one sentence when it cannot be used.
        """
        return cls(await _opened(url, "head"))

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Write in one transaction, committed at the end of the block or given up with it."""
        async with self._database.transaction() as run:
            yield Work(run)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Look]:
        """Read, holding nobody up."""
        async with self._database.reading() as run:
            yield Look(run)

    @property
    def signals(self) -> Signals | None:
        """Signals to the other processes of this database; None where there are none."""
        return self._database.signals

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()


async def migrate(url: str, to: str = "head") -> None:
    """Bring the tables to a revision, up or down; see `storage.revision.move`."""
    database = await _opened(url, to)
    await database.close()


async def _opened(url: str, to: str) -> Database:
    database = database_at(url)
    try:
        async with database.reading() as run:
            here = await run(revision.stored)
        if here != to and (here, to) != (revision.HEAD, "head"):
            async with database.transaction() as run:
                await run(revision.move, str(database), to)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        await database.close()
        raise database.explain(error) from error
    except BaseException:
        await database.close()
        raise
    return database


def database_at(url: str) -> Database:
    """Choose the database by its URL, without touching it; raises `StorageError`."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            "The database URL cannot be read, write sqlite:///path or postgresql://user@host/name."
        ) from None
    # Only the database in use is imported.
    match parsed.get_backend_name():
        case "sqlite":
            from storage.sqlite import Sqlite  # noqa: PLC0415

            return Sqlite(parsed)
        case "postgresql" | "postgres":
            from storage.postgresql import Postgresql  # noqa: PLC0415

            return Postgresql(parsed)
        case other:
            raise StorageError(
                f"Databases of kind {other} are not known, write sqlite:///path or "
                "postgresql://user@host/name."
            )
