"""Killed at any moment, the program loses nothing that it has accepted, and does nothing twice."""

import json
from datetime import datetime

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.channels.web import wire
from dialogs.effects import Say
from dialogs.respond import respond
from dialogs.session import Session
from dialogs.snapshot import dump
from storage import Store
from tests.bot.crashing import Crash, history
from tests.servers import Server
from tests.worlds import knowledge


def replayed(script, told):
    """Hold the same conversation in memory, each turn at the time at which it was held."""
    worlds, session, said = knowledge().worlds(), Session(), []
    for place, what in enumerate(script):
        key, incoming = wire.read(json.dumps({"key": f"k-{place}", **what}).encode())
        if "opened" not in what:
            said.append(("citizen", key))
        at = datetime.fromisoformat(told[min(len(said), len(told) - 1)]["at"])
        turn = respond(session, incoming, worlds(at))
        session = turn.session
        said += [("assistant", effect.text) for effect in turn.effects if isinstance(effect, Say)]
    return said, dump(session)


def heard(told):
    """Reduce a history to what the replay has of it."""
    return [
        (one["voice"], one["key"] if one["voice"] == "citizen" else one["text"]) for one in told
    ]


async def assert_nothing_is_lost(server, pages):
    """Every message has its answer, each once, in order; and every session is what it must be."""
    store = await Store.open(server.environment["POLIS_DATABASE_URL"])
    async with ClientSession(server.address, cookie_jar=DummyCookieJar()) as session:
        for page in pages:
            assert len(page.accepted) == len(page.script)
            told = await history(session, page)
            assert [one["seq"] for one in told] == list(range(1, len(told) + 1))
            said, state = replayed(page.script, told)
            assert heard(told) == said
            async with store.look() as look:
                assert (await look.chat("web", page.chat)).session == state
    await store.close()


async def crash(folder, conversations, kills, seed, **settings):
    server = Server(folder, settings)
    try:
        crash = Crash(server, conversations, letters=5, seed=seed)
        await crash.run(kills)
        await assert_nothing_is_lost(server, crash.pages)
        assert server.interrupt() == 0
    finally:
        server.process.kill()
    assert "Traceback" not in server.log


async def test_a_server_killed_during_200_conversations_loses_and_repeats_nothing(tmp_path):
    await crash(tmp_path, conversations=200, kills=8, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
async def test_a_server_killed_forty_times_loses_and_repeats_nothing(tmp_path, database_url, seed):
    await crash(tmp_path, conversations=400, kills=40, seed=seed, POLIS_DATABASE_URL=database_url)
