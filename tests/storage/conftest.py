"""What tests of the storage stand on."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest

from storage import Store
from tests.storage.given import NOON, asking


@pytest.fixture
def now() -> datetime:
    """Tell the time: the clock is an input."""
    return NOON


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    """Open an empty store."""
    store = await Store.open(migrated_url)
    yield store
    await store.close()


@pytest.fixture
async def other(migrated_url: str) -> AsyncIterator[Store]:
    """Open the same database once more, as a second process does."""
    other = await Store.open(migrated_url)
    yield other
    await other.close()


@pytest.fixture
async def ask(migrated_url: str) -> AsyncIterator[Callable[..., Any]]:
    """Run a function of a connection on the database, past the store."""
    async with asking(migrated_url) as ask:
        yield ask
