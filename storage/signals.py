"""Signals between processes: PostgreSQL carries short texts to whoever listens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.errors import StorageError

LONGEST = 7900  # bytes of a signal; PostgreSQL takes fewer than 8000

_CHANNEL = "polis"
_PATIENCE = 10.0  # seconds for an answer; a connection that gives none is given up


class SignalsLost(StorageError):
    """The connection is gone; what was signalled meanwhile is lost."""


class Signalling:
    """An open connection for signals."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.lost = asyncio.Event()
        driver.add_termination_listener(self._end)

    async def send(self, text: str) -> None:
        """Send a text of at most `LONGEST` bytes to whoever listens, this process included."""
        await self._ask("SELECT pg_notify($1, $2)", _CHANNEL, text)

    async def check(self) -> None:
        """Make sure that the connection is alive."""
        await self._ask("SELECT 1")

    async def _ask(self, statement: str, *values: str) -> None:
        if self.lost.is_set():
            raise SignalsLost("the connection for signals has ended")
        try:
            await self._driver.execute(statement, *values, timeout=_PATIENCE)
        except _failures() as error:
            raise SignalsLost(f"no signal could be sent: {type(error).__name__}") from error

    def _end(self, _driver: Any) -> None:
        self.lost.set()


class Signals:
    """Signals over a connection of their own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def listening(self, hear: Callable[[str], None]) -> AsyncIterator[Signalling]:
        """Hear every signal inside the block; raises `SignalsLost` when that is not possible."""

        def heard(_driver: Any, _process: int, _channel: str, text: str) -> None:
            hear(text)

        try:
            connection = await self._engine.connect()
        except (OSError, TimeoutError, DBAPIError, InterfaceError) as error:
            raise SignalsLost(f"nobody to signal to: {type(error).__name__}") from error
        try:
            driver = (await connection.get_raw_connection()).driver_connection
            signalling = Signalling(driver)
            try:
                await driver.add_listener(_CHANNEL, heard)  # type: ignore[union-attr]
            except _failures() as error:
                raise SignalsLost(f"nothing can be heard: {type(error).__name__}") from error
            yield signalling
        finally:
            await connection.invalidate()  # closed at once, whatever state it is in
            await connection.close()

    async def close(self) -> None:
        """Let go of the server."""
        await self._engine.dispose()


def _failures() -> tuple[type[Exception], ...]:
    # Imported with the database in use only.
    import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415

    # The internal one comes of a connection that was cut off in the middle of a statement.
    return (
        *(OSError, TimeoutError),
        *(asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError),
    )
