"""A database with all tables and the demonstration's people, copied for each transcript."""

import asyncio
import tempfile
from functools import cache
from pathlib import Path

import pytest

from storage import migrate
from storage.db import Store
from tests.proofs import PEOPLE


@cache
def _peopled() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "polis.db"
        asyncio.run(_people(f"sqlite:///{path}"))
        return path.read_bytes()


async def _people(url: str) -> None:
    await migrate(url)
    store = await Store.open(url)
    async with store.work() as work:
        await work.keep_insured(PEOPLE)
    await store.close()


@pytest.fixture(scope="session")
def peopled() -> bytes:
    """Give the file's bytes; made outside of every event loop."""
    return _peopled()


@pytest.fixture
def peopled_url(peopled: bytes, tmp_path: Path) -> str:
    """Write the file for one test."""
    (tmp_path / "polis.db").write_bytes(peopled)
    return f"sqlite:///{tmp_path / 'polis.db'}"
