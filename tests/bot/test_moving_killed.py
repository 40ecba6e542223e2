"""Killed at any moment of a move, the conversation is in one of two chats, whole, and once."""

import asyncio
import json
import re
from contextlib import suppress
from itertools import count
from random import Random

from aiohttp import ClientError, ClientSession, DummyCookieJar

from tests.bot.crashing import Page, history
from tests.servers import Server

ROUNDS = 5
SECRET = "a secret of tests " * 3
OURS = {"X-Polis-Page": "1", "Content-Type": "application/json"}
ARRIVED, LEFT = "Разговор перенесён сюда", "Разговор продолжается в другом чате"

keys = count(1)


async def open_page(session):
    """Come to the site as somebody new."""
    async with session.get("/") as answer:
        return Page([], answer.headers["Set-Cookie"].partition(";")[0])


async def post(session, page, **what):
    """Say or press something."""
    body = json.dumps({"key": f"k{next(keys)}", **what})
    async with session.post("/chat/messages", data=body, headers={**OURS, **page.headers}) as got:
        assert got.status == 200, await got.text()


async def told(session, page):
    """Read what the assistant has said on a page."""
    said = await history(session, page)
    return [one["text"] for one in said if one["voice"] == "assistant"]


async def until_told(session, page, words, patience=90.0):
    """Listen until something is said: the arrival comes on its own."""
    headers = {**page.headers, "Last-Event-ID": "0"}
    async with (
        asyncio.timeout(patience),
        session.get("/chat/events", headers=headers) as stream,
    ):
        async for line in stream.content:
            if words in line.decode():
                return


async def wanted(session):
    """Come to the point where only the yes in the old chat is missing."""
    old, new = await open_page(session), await open_page(session)
    await post(session, old, code="f:loss")
    for words in ("да", "потерял", "за себя", "Сидорова Ольга Павловна"):
        await post(session, old, text=words)
    await post(session, old, text="вчера получила новый паспорт")
    await post(session, old, text="перенести весь разговор")
    await post(session, old, code="M:whole")
    (code,) = [
        re.search(r"\d{3} \d{3}", one)[0] for one in await told(session, old) if "код " in one
    ]
    await post(session, new, text=f"код {code}")
    await post(session, new, code="M:take")
    await until_told(session, old, "Ваш код только что ввели")
    return old, new


async def killed_after_the_yes(server, session, old, seconds):
    """Say yes, and kill the program that many seconds later; tell whether it was heard."""
    # Not to wait for anything: so that no phase of a turn is spared.
    yes = asyncio.ensure_future(post(session, old, code="M:let"))
    await asyncio.sleep(seconds)
    server.kill()
    with suppress(ClientError, AssertionError):
        await yes
    await asyncio.to_thread(server.start)


async def test_a_move_that_was_killed_is_whole_on_one_side(tmp_path):
    """Whenever the kill comes, the yes is repeated as the page does, and the move is made once."""
    random = Random(20)
    server = Server(tmp_path, {"POLIS_SECRET": SECRET, "POLIS_DEMO": "1"})
    server.start()
    jar = DummyCookieJar()
    try:
        for _ in range(ROUNDS):
            async with ClientSession(server.address, cookie_jar=jar) as session:
                old, new = await wanted(session)
                await killed_after_the_yes(server, session, old, random.uniform(0, 0.05))
            async with ClientSession(server.address, cookie_jar=jar) as session:
                if not any(LEFT in one for one in await told(session, old)):
                    assert not any(ARRIVED in one for one in await told(session, new))
                    await post(session, old, code="M:let")
                await until_told(session, new, ARRIVED)
                await post(session, new, text="мои сроки")
                await post(session, old, text="мои сроки")
                there, here = await told(session, old), await told(session, new)
                assert sum(LEFT in one for one in there) == 1
                assert sum(ARRIVED in one for one in here) == 1
                assert any("Новый документ" in one for one in here)
                assert "Сроков сейчас нет" in there[-1]
                assert any("Дата рождения?" in one for one in here)
    finally:
        server.kill()
