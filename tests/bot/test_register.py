"""A register over HTTP: whatever the other side does, it is an answer in time or «busy»."""

import asyncio
import json
from dataclasses import asdict
from datetime import date

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.register.breaker import Breaker
from bot.register.http import HttpRegister
from bot.register.port import RegisterBusy
from tests.bot.proving import ANNA, FATHER


def _shown(*people):
    plain = [asdict(one) for one in people]
    for one in plain:
        del one["id"], one["is_demo"]
    return json.dumps({"people": plain}, default=lambda value: value.isoformat())


@pytest.fixture
async def asking(clock):
    """Ask a server that behaves as a test tells it to."""
    asked = []
    manner = {}

    async def search(request):
        asked.append((request.headers["Authorization"], await request.json()))
        return await manner["answer"](request)

    app = web.Application()
    app.router.add_post("/insured/search", search)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        register = HttpRegister(
            session, str(server.make_url("/")), "token", Breaker(clock), patience=0.3
        )

        def behaving(answer):
            manner["answer"] = answer
            return register, asked

        yield behaving


def _saying(text, status=200):
    async def answer(_request):
        return web.Response(text=text, status=status, content_type="application/json")

    return answer


async def _slow(_request):
    await asyncio.sleep(5)
    return web.Response(text=_shown(ANNA))


async def _endless(request):
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(10):
        await response.write(b" " * 100_000)
    return response


async def _cut(request):
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"people":[')
    request.transport.close()
    return response


async def test_a_person_is_found_and_the_token_shown(asking):
    register, asked = asking(_saying(_shown(ANNA)))
    (found,) = await register.by_enp(ANNA.enp)
    assert (found.enp, found.born_on, found.phone) == (ANNA.enp, date(1985, 3, 7), ANNA.phone)
    assert asked == [("Bearer token", {"enp": ANNA.enp})]


@pytest.mark.parametrize("answer", [_saying('{"people":[]}'), _saying("", status=404)])
async def test_nobody_is_an_answer(asking, answer):
    register, _ = asking(answer)
    assert list(await register.by_phone("+79000000009")) == []


@pytest.mark.parametrize(
    "answer",
    [
        _slow,
        _endless,
        _cut,
        _saying("", status=500),
        _saying("", status=302),
        _saying("<html>"),
        _saying('{"people":'),
        _saying('{"people":[{}]}'),
        _saying("\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
        _saying(_shown(FATHER)),
        _saying(_shown(ANNA).replace(ANNA.enp, "1234567890123456")),
        _saying(_shown(ANNA).replace("passport", "library_card")),
        _saying(_shown(ANNA).replace("1985-03-07", "1985-13-07")),
    ],
)
async def test_what_is_late_broken_or_about_somebody_else_is_busy(asking, answer):
    register, _ = asking(answer)
    with pytest.raises(RegisterBusy) as caught:
        await register.by_enp(ANNA.enp)
    assert ANNA.enp not in str(caught.value)


async def test_after_failures_the_register_is_left_alone_then_tried_once(asking, clock):
    register, asked = asking(_saying("", status=500))
    for _ in range(7):
        with pytest.raises(RegisterBusy):
            await register.by_enp(ANNA.enp)
    assert len(asked) == 5
    clock.wait(seconds=31)
    asking(_saying(_shown(ANNA)))
    assert await register.by_enp(ANNA.enp)
    assert await register.by_enp(ANNA.enp)
    assert len(asked) == 7


async def test_nobody_listening_is_busy(clock):
    async with aiohttp.ClientSession() as session:
        register = HttpRegister(session, "http://127.0.0.1:1", "token", Breaker(clock))
        with pytest.raises(RegisterBusy):
            await register.by_enp(ANNA.enp)
