"""A database that cannot be used is told of in one sentence, and a good one opens lightly."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage import StorageError, Store
from storage.postgresql import Postgresql

ROOT = Path(__file__).parents[2]


async def _refusal(url):
    with pytest.raises(StorageError) as refused:
        await Store.open(url)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "cannot be read"),
        ("polis.db", "cannot be read"),
        ("mysql://localhost/polis", "kind mysql are not known"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////nowhere/at/all/polis.db", "there is no folder /nowhere/at/all"),
    ],
)
async def test_a_url_that_leads_nowhere_is_told_of(url, said):
    assert said in await _refusal(url)


async def test_a_file_that_is_no_database_is_told_of(tmp_path):
    path = tmp_path / "polis.db"
    path.write_text("Not a database, but long enough to be looked into. " * 20)
    assert f"{path}: the file is not an SQLite database" in await _refusal(f"sqlite:///{path}")


async def test_a_folder_in_the_place_of_the_file_is_told_of(tmp_path):
    assert "cannot be opened or created" in await _refusal(f"sqlite:///{tmp_path}")


async def test_a_file_that_cannot_be_created_is_told_of():
    # Root may write in any folder, but in this one nobody may.
    assert "/proc/polis.db: the file cannot be opened" in await _refusal("sqlite:////proc/polis.db")


async def test_the_url_of_the_async_driver_is_understood(tmp_path):
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'polis.db'}")
    await store.close()
    assert (tmp_path / "polis.db").exists()


@pytest.mark.parametrize(
    "place",
    ["127.0.0.1:1", "polis.invalid", "/polis?host=/nowhere", "127.0.0.1:1/polis?sslmode=disable"],
)
async def test_a_server_that_does_not_answer_is_told_of_without_the_password(place):
    path = place if "/" in place else f"{place}/polis"
    said = await _refusal(f"postgresql://polis:hunter2@{path}")
    assert said.startswith("Cannot use the database polis at ")
    assert "hunter2" not in said


async def test_a_database_that_the_server_lacks_is_told_of(postgresql_url):
    said = await _refusal(postgresql_url.replace("/test_", "/other_"))
    assert "does not exist" in said


async def test_urls_of_other_programs_are_understood(postgresql_url):
    store = await Store.open(postgresql_url.replace("postgresql://", "postgres://"))
    await store.close()


def test_a_password_is_not_shown_by_a_database_in_a_log():
    url = make_url("postgresql://polis:hunter2@db.example/polis")
    assert str(Postgresql(url)) == "polis at db.example"


def test_opening_a_database_that_is_up_to_date_loads_neither_alembic_nor_the_other_driver(
    sqlite_url,
):
    program = (
        "import asyncio, sys; from storage import Store; "
        f"asyncio.run(Store.open({sqlite_url!r})); "
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", program]
    for heavy in ({"alembic"}, set()):  # the first time it migrates
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        loaded = {name.partition(".")[0] for name in done.stdout.split()}
        assert loaded & {"alembic", "asyncpg"} == heavy


async def test_a_closed_database_is_one_file_with_all_in_it(tmp_path, now):
    path = tmp_path / "polis.db"
    store = await Store.open(f"sqlite:///{path}")
    async with store.work() as work:
        await work.chats([("web", "x")], now, {})
    async with store.look() as look:
        assert await look.chat("web", "x")
    await store.close()
    assert [one.name for one in tmp_path.iterdir()] == ["polis.db"]
