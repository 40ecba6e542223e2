"""What tests of the desk stand on: one in SQLite, and a browser for whoever is to sit there."""

import pytest

from storage import Store
from tests.bot.desk.sitting import desk_of, served


@pytest.fixture
async def store(migrated_sqlite_url):
    """Open an empty store; what differs between databases is tested in `tests/storage`."""
    store = await Store.open(migrated_sqlite_url)
    yield store
    await store.close()


@pytest.fixture
async def desk(store, clock):
    """Put a desk together."""
    return await desk_of(store, clock)


@pytest.fixture
async def browser(desk):
    """Make browsers."""
    async with served(desk) as browser:
        yield browser
