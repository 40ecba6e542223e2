"""Two processes on one PostgreSQL: a link opened at one is a window at both, and opens once."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, DummyCookieJar

from bot.http import PAGE_HEADER
from bot.windows import Links
from storage import Store
from tests.servers import Server
from tests.storage.given import met

_OURS = {PAGE_HEADER: "1", "Content-Type": "application/json"}


@pytest.fixture
def servers(tmp_path, migrated_postgresql_url):
    """Run the program twice on one database."""
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    settings = {"POLIS_DATABASE_URL": migrated_postgresql_url}
    with Server(folders[0], settings) as one, Server(folders[1], settings) as two:
        yield one, two


async def test_a_link_opens_once_whoever_is_asked_and_its_window_is_seen_everywhere(
    servers, migrated_postgresql_url
):
    one, two = servers
    store = await Store.open(migrated_postgresql_url)
    (chat,) = await met(store, "anna")
    token = await Links(store, lambda: datetime.now(UTC), one.address).make(chat.id)
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:

        async def press(server):
            url, body = f"{server.address}/window", {"token": token}
            async with session.post(url, data=body, allow_redirects=False) as answer:
                cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
                return answer.status, answer.headers.get("Location", ""), cookie

        answers = await asyncio.gather(*(press(server) for server in (one, two) * 4))
        assert sorted(status for status, *_ in answers) == [303] + [410] * 7
        _, window, cookie = next(one for one in answers if one[0] == 303)
        headers = {**_OURS, "Cookie": cookie}
        for place, server in enumerate((one, two)):
            url = f"{server.address}/{window}chat/messages"
            body = json.dumps({"key": f"k{place}", "text": f"квадрокоптер {place}"})
            async with session.post(url, data=body, headers=headers) as answer:
                assert answer.status == 200, await answer.text()
        async with session.get(f"{two.address}/{window}chat/messages", headers=headers) as page:
            said = [one["text"] for one in (await page.json())["messages"]]
        assert {"квадрокоптер 0", "квадрокоптер 1"} <= set(said)
    async with store.look() as look:
        told = await look.told_before("telegram", "anna", None, 9)
    await store.close()
    assert [one.text for one in told] == said
    assert token not in one.log + two.log
    assert "Traceback" not in one.log + two.log
