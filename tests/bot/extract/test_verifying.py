"""The public page: valid, withdrawn or unknown, and who issued it; nothing of the person."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.extract.issuing import Extracts
from bot.extract.verifying import verifying
from bot.http import guard
from bot.metrics import Metrics
from tests.bot.extract.drawn import organisation
from tests.people import person
from tests.worlds import knowledge


@pytest.fixture
async def client(store, clock):
    app = web.Application()
    guard(app)
    app.add_routes(verifying(store, organisation(), knowledge().words, clock))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def number(store, clock):
    words = knowledge().words["ru"]
    extracts = Extracts(store, organisation(), words, ["k" * 32], Metrics(), "https://example.org")
    return (await extracts.issue(person(), "web", "c1", clock())).number


async def _seen(client, path, **more):
    async with client.get(path, **more) as answer:
        return answer.status, await answer.text()


async def test_a_valid_extract_is_called_so_and_nobody_is_named(client, number):
    status, text = await _seen(client, f"/verify/{number}")
    assert status == 200
    assert "Выписка действительна" in text
    assert "Демонстрационная страховая компания" in text
    insured = person()
    for secret in (insured.surname, insured.given, insured.enp, insured.barcode):
        assert secret not in text


async def test_the_number_may_be_typed_in_any_way(client, number):
    typed = number.lower().replace("-", " ")
    status, text = await _seen(client, "/verify", params={"number": typed})
    assert (status, "Выписка действительна" in text) == (200, True)


async def test_a_withdrawn_extract_is_called_so(client, number, store, clock):
    async with store.work() as work:
        await work.withdraw_extracts([number], clock())
    status, text = await _seen(client, f"/verify/{number}")
    assert (status, "Выписка отозвана" in text) == (200, True)


@pytest.mark.parametrize("path", ["0000-0000-0000-0000", "x", "%22%3E%3Cscript%3E", "A" * 3000])
async def test_any_other_number_is_unknown_and_cannot_write_into_the_page(client, path):
    status, text = await _seen(client, f"/verify/{path}")
    assert (status, "Такой выписки нет" in text) == (404, True)
    assert "<script" not in text


async def test_guessing_is_slowed_down(client, clock):
    """After twenty checks in a row one in five seconds is left, and the page says so."""
    found = [(await _seen(client, "/verify/0000-0000-0000-0000"))[0] for _ in range(25)]
    assert found == [404] * 20 + [429] * 5
    clock.wait(seconds=5)
    assert (await _seen(client, "/verify/0000-0000-0000-0000"))[0] == 404


async def test_the_page_speaks_the_readers_language(client, number):
    assert "The extract is valid" in (await _seen(client, f"/verify/{number}?lang=en"))[1]
    english = {"Accept-Language": "en-GB"}
    assert "Checking an extract" in (await _seen(client, "/verify", headers=english))[1]


async def test_the_style_of_the_page_is_there(client):
    async with client.get("/verify/static/verify.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
