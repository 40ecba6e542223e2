"""The tables are what the migrations make of them, and every step can be taken back."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import StorageError, Store, migrate
from storage.revision import HEAD, REVISIONS, stored
from storage.schema import metadata
from tests.storage.given import asking


@pytest.fixture
async def ask(database_url):
    """Run a function of a connection on the empty database."""
    async with asking(database_url) as ask:
        yield ask


def _tables(connection):
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _differences(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, metadata)


def _indexes(connection):
    """Tell what comparing leaves out: the conditions of indexes, and tables without row ids."""
    catalogue = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE sql LIKE '%WHERE%' OR sql LIKE '%ROWID%'",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%WHERE%'",
    }[connection.dialect.name]
    return sorted(" ".join(row[0].split()) for row in connection.execute(text(catalogue)))


def _make_from_the_schema(connection):
    metadata.drop_all(connection)
    metadata.create_all(connection)


def test_the_revisions_known_without_alembic_are_those_of_the_scripts():
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(one.revision for one in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_heads() == [HEAD]


async def test_migrating_makes_the_tables_of_the_schema(database_url, ask):
    await migrate(database_url)
    assert await ask(_tables) == set(metadata.tables)
    assert await ask(_differences) == []
    migrated = await ask(_indexes)
    await ask(_make_from_the_schema)
    assert migrated == await ask(_indexes)


async def test_every_revision_goes_up_down_and_up_again(database_url, ask):
    for revision in REVISIONS:
        await migrate(database_url, revision)
        assert await ask(stored) == revision
    for revision in (*REVISIONS[-2::-1], "base"):
        await migrate(database_url, revision)
        assert await ask(stored) == (None if revision == "base" else revision)
    assert await ask(_tables) == set()
    await migrate(database_url, "head")
    assert await ask(_differences) == []


async def test_migrating_to_where_it_is_does_nothing(database_url, ask):
    await migrate(database_url)
    await migrate(database_url)
    await migrate(database_url, HEAD)
    assert await ask(stored) == HEAD


async def test_an_unknown_revision_is_named(database_url):
    with pytest.raises(StorageError, match="no revision 0999"):
        await migrate(database_url, "0999")


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(database_url, ask):
    await migrate(database_url)
    await ask(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num='9999'"))
    )
    with pytest.raises(StorageError, match=r"revision 9999.*newer version"):
        await Store.open(database_url)
    with pytest.raises(StorageError, match=r"revision 9999.*newer version"):
        await migrate(database_url, "base")
    assert await ask(_tables) == set(metadata.tables)


async def test_processes_that_start_at_once_migrate_once(database_url):
    stores = await asyncio.gather(*(Store.open(database_url) for _ in range(4)))
    for store in stores:
        async with store.look() as look:
            assert await look.outbox_depth() == {}
        await store.close()
