"""Addresses for whoever runs the program."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.assistant import assemble, turning
from bot.http import guard
from bot.probes import probes
from storage import Store
from tests.bot.turning import letter
from tests.worlds import knowledge


@pytest.fixture
async def assistant(store, clock):
    """Give an assistant that runs."""
    assistant = assemble(knowledge(), store, clock)
    async with turning(assistant):
        yield assistant


@asynccontextmanager
async def browser(assistant):
    """Give a browser at the probes."""
    app = web.Application()
    guard(app)
    app.add_routes(probes(assistant))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
async def test_it_is_alive_and_ready(assistant, address):
    async with browser(assistant) as client, client.get(address) as answer:
        assert answer.status == 200


async def test_without_its_database_it_is_alive_but_not_ready(tmp_path, clock):
    """So a supervisor does not restart it, and a balancer sends nobody."""
    (home := tmp_path / "here").mkdir()
    store = await Store.open(f"sqlite:///{home}/polis.db")
    await store.close()
    home.rename(tmp_path / "away")
    async with browser(assemble(knowledge(), store, clock)) as client:
        async with client.get("/healthz") as answer:
            assert answer.status == 200
        async with client.get("/readyz") as answer:
            assert answer.status == 503
            assert set(await answer.json()) == {"database"}
    await store.close()


async def test_metrics_count_turns_and_tell_nothing_of_people(assistant, clock):
    await assistant.turns.take(letter(clock, "anna", "1", "потеряла полис"))
    async with browser(assistant) as client, client.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        page = await answer.text()
    assert 'polis_turns_total{channel="web",outcome="done"} 1.0' in page
    assert "polis_batch_turns_count 1.0" in page
    assert "anna" not in page
    assert "потеряла" not in page
