"""PostgreSQL, through asyncpg."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import StorageError
from storage.run import Run
from storage.running import runner
from storage.signals import Signals

_CONNECTIONS = 4  # kept open, of each kind; as many again under load
_PATIENCE = 10  # seconds to wait for a connection


class Postgresql:
    """One database of a server."""

    def __init__(self, url: URL) -> None:
        self._url = _for_asyncpg(url)
        self._writer = _engine(self._url, "READ COMMITTED")
        self._reader = _engine(self._url, "AUTOCOMMIT")  # a single question needs no transaction
        self.signals = Signals(_engine(self._url, "AUTOCOMMIT"))

    def __str__(self) -> str:
        host = self._url.host or self._url.query.get("host", "localhost")
        return f"{self._url.database} at {host}"

    def explain(self, error: Exception) -> StorageError:
        """Say in one sentence why the server cannot be used, without the password."""
        reason = str(error.orig if isinstance(error, DBAPIError) else error) or type(error).__name__
        return StorageError(f"Cannot use the database {self}: {' '.join(reason.split())}.")

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Run]:
        """Run functions in one transaction."""
        async with self._writer.begin() as connection:
            yield runner(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Run]:
        """Run functions that only read, each on its own."""
        async with self._reader.connect() as connection:
            yield runner(connection)

    async def close(self) -> None:
        """Close all connections."""
        await self._writer.dispose()
        await self._reader.dispose()
        await self.signals.close()


def _engine(url: URL, isolation_level: IsolationLevel) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level=isolation_level,
        pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
        hide_parameters=True,  # they are what people said, and an error may be logged
        pool_pre_ping=True,  # a server that was restarted must not cost a batch
        connect_args={
            "timeout": _PATIENCE,
            # Short statements gain nothing from being compiled by the server.
            "server_settings": {"application_name": "polis", "jit": "off"},
        },
    )


def _for_asyncpg(url: URL) -> URL:
    """Take the URLs that people have for other programs."""
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)
