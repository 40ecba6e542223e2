"""SQLite, through aiosqlite: a file, one writer, readers beside it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Thread
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.errors import StorageError
from storage.run import Run
from storage.running import runner

_READERS = 2  # connections; reading is short, and Python runs one of them at a time anyway
_PATIENCE = 10  # seconds to wait for another process that writes
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit outlives a power cut; a batch pays for it once
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -2048",  # KiB of each connection; the system keeps more of the file
    "PRAGMA journal_size_limit = 67108864",  # bytes that the WAL keeps after a burst
)
_REASONS = {
    "SQLITE_CANTOPEN": "the file cannot be opened or created",
    "SQLITE_READONLY": "the file or its folder is not writable",
    "SQLITE_NOTADB": "the file is not an SQLite database",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_BUSY": "another program keeps the file locked",
    "SQLITE_FULL": "the disk is full",
}


class Sqlite:
    """One database file, opened by this process."""

    signals = None  # one process serves it

    def __init__(self, url: URL) -> None:
        self._path = _path(url)
        self._try()
        self._write_turn = asyncio.Lock()
        self._threads: set[Thread] = set()
        self._writer = self._engine(1, _SETTINGS)
        self._reader = self._engine(_READERS, (*_SETTINGS[1:], "PRAGMA query_only = ON"))
        event.listen(self._writer.sync_engine, "begin", _begin)

    def __str__(self) -> str:
        return str(self._path)

    def explain(self, error: Exception) -> StorageError:
        """Say in one sentence why the file cannot be used."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", "")
        for code, reason in _REASONS.items():
            if name.startswith(code):
                return StorageError(f"Cannot use the database {self}: {reason}.")
        return StorageError(f"Cannot use the database {self}: {cause}.")

    def _try(self) -> None:
        """Open the file once with the plain driver, so that what is wrong is known at once.

        A connection of aiosqlite that fails to open leaves a thread behind, which may
        outlive the event loop and complain on its own.
        """
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as connection:
                connection.execute(_SETTINGS[0])
        except sqlite3.Error as error:
            raise self.explain(error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Run functions in one transaction, alone among all writers of the file."""
        async with self._write_turn, self._writer.begin() as connection:
            yield runner(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Run]:
        """Run functions that only read, each on its own."""
        async with self._reader.connect() as connection:
            yield runner(connection)

    async def close(self) -> None:
        """Close the file; what was committed is there anyway."""
        await self._reader.dispose()
        await self._writer.dispose()
        # A connection that was given up in the middle of a statement ends on its own; its
        # thread must not outlive the event loop that it would answer to.
        for thread in self._threads:
            await asyncio.to_thread(thread.join, _PATIENCE)

    def _engine(self, connections: int, settings: tuple[str, ...]) -> AsyncEngine:
        engine = create_async_engine(
            URL.create("sqlite+aiosqlite", database=str(self._path)),
            poolclass=AsyncAdaptedQueuePool,
            pool_size=connections,
            max_overflow=0,
            # The driver must not open transactions by itself: ours begin in `_begin`.
            connect_args={"isolation_level": None, "timeout": _PATIENCE},
        )

        def set_up(raw: Any, _record: Any) -> None:
            self._threads = {thread for thread in self._threads if thread.is_alive()}
            self._threads.add(raw.driver_connection._thread)  # noqa: SLF001 — see `close`
            cursor = raw.cursor()
            for setting in settings:
                cursor.execute(setting)
            cursor.close()

        event.listen(engine.sync_engine, "connect", set_up)
        return engine


def _path(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise StorageError("The database URL names no file, write sqlite:///path/to/file.")
    path = Path(url.database).absolute()
    if not path.parent.is_dir():
        raise StorageError(f"Cannot use the database {path}: there is no folder {path.parent}.")
    return path


def _begin(connection: Connection) -> None:
    # At once a writer: a transaction that reads first and then wants to write may be refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
