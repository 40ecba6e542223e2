"""The web chat's server and a browser of its visitor."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import Web
from bot.http import guard
from bot.texts import LANGUAGES, read_words
from tests.bot.channels.chatting import Chats, Clock, Drawer, Papers


@pytest.fixture
def chats():
    return Chats()


@pytest.fixture
def files():
    return Drawer()


@pytest.fixture
def papers():
    return Papers()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def words():
    return {language: read_words(language) for language in LANGUAGES}


@pytest.fixture
def serving(chats, files, papers, clock, words):
    """Give a server of ours with a browser beside it, to be used in ``async with``."""

    @asynccontextmanager
    async def serve(public_url="http://127.0.0.1:8080"):
        app = web.Application()
        guard(app)
        chat = Web(
            chats,
            chats,
            files,
            papers,
            words=words,
            clock=clock,
            secret="secret " * 4,
            public_url=public_url,
            brand=lambda _: "Insurer",
        )
        chat.mount(app)
        async with TestClient(TestServer(app)) as client:
            yield client

    return serve


@pytest.fixture
async def client(serving):
    """Give a browser that has just opened the page."""
    async with serving() as client:
        async with client.get("/") as page:
            assert page.status == 200
        yield client
