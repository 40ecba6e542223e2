"""What tests of the storage stand on."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest

from storage import Store
from storage.db import database_at
from tests.databases import (  # noqa: F401 — fixtures
    database_url,
    postgresql_server,
    postgresql_url,
    sqlite_url,
)
from tests.storage.given import NOON


@pytest.fixture
def now() -> datetime:
    """Tell the time: the clock is an input."""
    return NOON


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:  # noqa: F811
    """Open an empty store."""
    store = await Store.open(database_url)
    yield store
    await store.close()


@pytest.fixture
async def other(store: Store, database_url: str) -> AsyncIterator[Store]:  # noqa: F811
    """Open the same database once more, as a second process does."""
    other = await Store.open(database_url)
    yield other
    await other.close()


@pytest.fixture
async def ask(database_url: str) -> AsyncIterator[Callable[..., Any]]:  # noqa: F811
    """Run a function of a connection on the database, past the store, and keep what it did."""
    database = database_at(database_url)

    async def run(act: Callable[..., Any], *args: Any) -> Any:
        async with database.transaction() as inside:
            return await inside(act, *args)

    yield run
    await database.close()
