"""SQLite: a file, one writer, readers beside it.

Statements run in threads of our own, each call of a unit of work in one hop: through
aiosqlite every statement would take four, which costs more than all the rest, see
docs/decisions/0004-storage.md.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from sqlite3 import Connection as Raw
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from storage.errors import StorageError
from storage.work import Run

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 2  # threads; reading is short, and Python runs one of them at a time anyway
_PATIENCE = 10  # seconds to wait for another process that writes
_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit outlives a power cut; a batch pays for it once
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8192",  # KiB
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

    def __init__(self, url: URL) -> None:
        self._path = _path(url)
        self._write_turn = asyncio.Lock()
        self._write_thread = ThreadPoolExecutor(1, "storage-write")
        self._read_threads = ThreadPoolExecutor(_READERS, "storage-read")
        self._writer = _engine(self._path, 1, _SETTINGS)
        self._reader = _engine(self._path, _READERS, (*_SETTINGS[1:], "PRAGMA query_only = ON"))
        event.listen(self._writer, "begin", _begin)
        self._connection: Connection | None = None  # the writer's, used in its thread only

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

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Run functions in one transaction, alone among all writers of the file."""
        async with self._write_turn:
            try:
                yield self._write
                await self._end(Connection.commit)
            except BaseException:
                # Its turn in the thread comes after what may still run there, and it keeps
                # that turn when this task is being cancelled.
                await asyncio.shield(self._end(Connection.rollback))
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Run]:
        """Run functions that only read, each on its own."""
        yield self._read

    async def close(self) -> None:
        """Close the file; what was committed is there anyway."""
        await self._in(self._read_threads, self._reader.dispose)
        self._read_threads.shutdown(wait=False)
        await self._in(self._write_thread, self._close_writer)
        self._write_thread.shutdown(wait=False)

    def _write(
        self, act: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]:
        def work() -> T:
            return act(self._begun(), *args, **kwargs)

        return self._in(self._write_thread, work)

    def _begun(self) -> Connection:
        if self._connection is None:
            self._connection = self._writer.connect()
        if not self._connection.in_transaction():
            self._connection.begin()
        return self._connection

    def _end(self, how: Callable[[Connection], None]) -> Awaitable[None]:
        def end() -> None:
            if self._connection is not None:
                how(self._connection)

        return self._in(self._write_thread, end)

    def _read(
        self, act: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Awaitable[T]:
        def look() -> T:
            with self._reader.connect() as connection:
                return act(connection, *args, **kwargs)

        return self._in(self._read_threads, look)

    def _close_writer(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._writer.dispose()

    def _in(self, threads: ThreadPoolExecutor, act: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(threads, act)


def _path(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise StorageError("The database URL names no file, write sqlite:///path/to/file.")
    path = Path(url.database).absolute()
    if not path.parent.is_dir():
        raise StorageError(f"Cannot use the database {path}: there is no folder {path.parent}.")
    return path


def _engine(path: Path, connections: int, settings: tuple[str, ...]) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        # The driver must not open transactions by itself: ours begin in `_begin`.
        connect_args={"isolation_level": None, "timeout": _PATIENCE, "check_same_thread": False},
    )

    def set_up(raw: Raw, _record: Any) -> None:
        for setting in settings:
            raw.execute(setting).close()

    event.listen(engine, "connect", set_up)
    return engine


def _begin(connection: Connection) -> None:
    # At once a writer: a transaction that reads first and then wants to write may be refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
