"""Receiving by webhook: only from who knows the secret, and answered once it is durable."""

import asyncio
import io
import json
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.base import Busy, Surroundings
from bot.channels.telegram import TelegramSettings, build
from bot.http import guard
from dialogs.effects import Button
from dialogs.incoming import Opened, Pressed, Said
from tests.bot.channels.telegram.conftest import run, utc_now

ADDRESS = "https://polis.example/telegram/webhook"
SECRET = "a-secret-of-telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def telegram(server, desk, papers, words):
    """Build the messenger with a webhook; Telegram finds its address on this machine."""
    surroundings = Surroundings(desk, papers, words, utc_now)
    settings = TelegramSettings(server.token, server.url, ADDRESS, SECRET)
    messenger = build(settings, surroundings)
    yield messenger
    await messenger.close()


@pytest.fixture
async def pages(telegram):
    """Serve our side."""
    app = web.Application()
    guard(app)
    app.add_routes(telegram.routes())
    async with TestServer(app) as pages:
        yield pages


@pytest.fixture
async def hooked(server, telegram, pages):
    """Have updates delivered."""
    server.updates.reach = str(pages.make_url("/"))
    async with run(telegram):
        await server.until(lambda: server.updates.webhook.url)
        yield


@pytest.fixture
async def post(pages):
    """Deliver whatever a test wants."""

    async def posted(body, secret=SECRET):
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers[HEADER] = secret
        async with ClientSession() as session:
            where = pages.make_url(urlsplit(ADDRESS).path)
            async with session.post(where, data=io.BytesIO(body), headers=headers) as answer:
                return answer

    return posted


def update(number, text="привет"):
    chat = {"id": 5, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": {"id": 5}, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


async def test_what_people_do_is_delivered_and_answered(server, desk, hooked, say):
    """A press is answered in the same breath."""
    server.start("anna", "f-loss")
    await desk.until(1)
    await say("anna", "Пол?", buttons=(Button("a:loss:1:sex:f", "Женский"),))
    server.press("anna", "Женский")
    await desk.until(2)
    await server.until(lambda: not server.presses.waiting)
    await server.until(lambda: not server.screen("anna").said[0].labels)
    assert desk.incoming == [Opened("f-loss"), Pressed("a:loss:1:sex:f")]
    assert server.updates.postman.failed == 0
    assert server.violations == []


async def test_the_subscription_names_its_secret_and_what_is_wanted(server, hooked):
    assert (server.updates.webhook.url, server.updates.webhook.secret) == (ADDRESS, SECRET)
    assert "edited_message" in server.updates.allowed
    (call,) = (call for call in server.calls if call.name == "setwebhook")
    assert call.parameters["max_connections"] == "100"


@pytest.mark.parametrize("secret", [None, "", "a-secret-of-telegran", SECRET + "x", "пароль"])
async def test_who_does_not_know_the_secret_is_turned_away(desk, post, secret):
    """Nothing is left of it but a count."""
    answer = await post(update(1), secret and secret.encode().decode("latin-1"))
    assert answer.status == 403
    assert (desk.taken, desk.refusals) == ([], [("telegram", "forged")])


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b"{}", 400, "malformed"),
        (b'{"update_id": "seven"}', 400, "malformed"),
        (b'{"update_id": 7, "message": {"chat": 5}}', 400, "malformed"),
        (update(7).replace(b"private", b"\xff"), 400, "malformed"),
        (update(7, "я" * 1024 * 1024), 413, "too_large"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_is_no_update_is_turned_away(desk, post, body, status, why):
    answer = await post(body)
    assert answer.status == status
    assert (desk.taken, desk.refusals) == ([], [("telegram", why)])


async def test_who_is_busy_says_when_to_come_again(desk, post):
    desk.faults = [Busy()]
    answer = await post(update(7))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert (await post(update(7))).status == 200
    assert desk.incoming == [Said("привет")]


async def test_nothing_is_answered_before_it_is_durable(desk, post, monkeypatch):
    """A delivery that was not taken is delivered again; one that was answered never is."""
    gate = asyncio.Event()
    taken = desk.take

    async def slowly(arrivals):
        await gate.wait()
        await taken(arrivals)

    monkeypatch.setattr(desk, "take", slowly)
    delivery = asyncio.ensure_future(post(update(7)))
    await asyncio.wait({delivery}, timeout=0.2)
    assert not delivery.done()
    gate.set()
    assert (await delivery).status == 200


async def test_a_hundred_deliveries_at_once_are_all_taken(server, desk, hooked):
    for number in range(100):
        server.start(f"person {number}")
    await desk.until(100)
    await server.until(lambda: server.updates.idle)
    assert server.violations == []
