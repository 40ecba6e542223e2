"""Two processes on one PostgreSQL serve one conversation: what one commits, the other shows."""

import asyncio
import json

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.http import PAGE_HEADER
from tests.servers import Server

_OURS = {PAGE_HEADER: "1", "Content-Type": "application/json"}
_SOON = 5.0  # seconds; without news a stream would look after ten


@pytest.fixture
def servers(tmp_path, migrated_postgresql_url):
    """Run the program twice on one database."""
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    settings = {"POLIS_DATABASE_URL": migrated_postgresql_url}
    with Server(folders[0], settings) as one, Server(folders[1], settings) as two:
        yield one, two


async def heard(stream, text):
    """Read a stream of server-sent events until a message holds the text."""
    while True:
        line = (await stream.content.readline()).decode()
        assert line, "the stream has ended"
        if line.startswith("data:") and text in line:
            return json.loads(line.removeprefix("data:"))


async def test_a_message_given_to_one_shows_at_the_other_at_once(servers):
    one, two = servers
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        async with session.get(one.address) as page:
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        headers = {**_OURS, "Cookie": cookie}

        async def say(server, key, text):
            body = json.dumps({"key": key, "text": text})
            url = f"{server.address}/chat/messages"
            async with session.post(url, data=body, headers=headers) as answer:
                assert answer.status == 200, await answer.text()

        await say(one, "k1", "привет")
        async with session.get(f"{two.address}/chat/events?after=0", headers=headers) as stream:
            await asyncio.wait_for(heard(stream, "привет"), _SOON)
            for place in range(3):  # each soon after the one before, so no look by chance
                await say(one, f"a{place}", f"квадрокоптер {place}")
                mine = await asyncio.wait_for(heard(stream, f"квадрокоптер {place}"), _SOON)
                assert mine["voice"] == "citizen"
                await say(two, f"b{place}", f"меню {place}")
                await asyncio.wait_for(heard(stream, f"меню {place}"), _SOON)
    assert "Traceback" not in one.log + two.log
