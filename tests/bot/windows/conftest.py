"""A messenger in which personal data may not travel, and the site where it may."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import Web
from bot.history import ChannelHistory
from bot.http import PAGE_HEADER, Rate, guard
from bot.messengers import pushed, withheld
from bot.metrics import Metrics
from bot.safekeeping import ChannelFiles, Safe
from bot.sending.clearance import Withholding
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.windows import Links, Windows
from dialogs.incoming import Pressed, Said
from tests.bot.proving import assistant_on, filled
from tests.bot.sending.test_sender import Messenger
from tests.bot.turning import letter, running, transcript
from tests.worlds import knowledge

ADDRESS = "http://127.0.0.1:8080"
SETTINGS = Settings(channels="web,telegram", personal_data_telegram="link")
SECRET = "secret " * 4
LINK = re.compile(rf"{ADDRESS}/window#([\w-]+)")


class Papers:
    """Documents by chat and name, and who has asked for them."""

    def __init__(self):
        self.drawn = {}
        self.asked = []

    async def document(self, channel, chat, name):
        """Give what was drawn for the chat."""
        self.asked.append((channel, chat))
        return self.drawn.get((chat, name))


class House:
    """A person in Telegram, and browsers that may be theirs."""

    def __init__(self, assistant, inbox, store, clock, messenger):
        self.assistant = assistant
        self.inbox = inbox
        self.store = store
        self.clock = clock
        self.messenger = messenger
        self.papers = Papers()
        words = knowledge().words
        self.sender = Sender(
            messenger,
            store,
            Metrics(),
            clock,
            luck=lambda: 0.5,
            withholding=Withholding(Links(store, clock, ADDRESS), words),
        )
        self._keys = 0

    async def does(self, incoming, chat="anna", **more):
        """Do something in Telegram; return what arrives there."""
        self.clock.wait(seconds=1)
        self._keys += 1
        event = Said(incoming) if isinstance(incoming, str) else incoming
        one = letter(self.clock, chat, self._keys, event, channel="telegram")
        await self.assistant.turns.take(replace(one, **more))
        return await self.arrives()

    async def arrives(self):
        """Have what waits sent; return what arrives in Telegram."""
        before = len(self.messenger.delivered)
        while await self.sender.send_due():
            pass
        return self.messenger.delivered[before:]

    async def link(self, chat="anna"):
        """Come to a question that asks for personal data; return the token that arrives."""
        await self.asked(chat)
        (said,) = await self.does("ссылка", chat)
        return LINK.search(said)[1]

    async def asked(self, chat="anna"):
        """Come to the first question that asks for personal data, in an application."""
        await self.does(Pressed("f:loss"), chat)
        await self.does("да", chat)
        await self.does("потерял", chat)
        return await self.does("за себя", chat)

    async def told(self, chat="anna"):
        """Read the whole conversation, as the database has it."""
        return await transcript(self.store, chat, "telegram")

    @asynccontextmanager
    async def browser(self):
        """Give a browser at the site."""
        app = web.Application()
        guard(app)
        safe = Safe(self.store, (SECRET,), self.clock)
        Web(
            self.assistant.turns,
            ChannelHistory("web", self.store, self.assistant.live),
            ChannelFiles("web", safe),
            self.papers,
            words=knowledge().words,
            clock=self.clock,
            secret=SECRET,
            public_url=ADDRESS,
            brand=lambda _: "Insurer",
            per_chat=Rate(1000, 1000.0),
            windows=Windows(self.store, self.clock, self.assistant.live, safe),
        ).mount(app)
        async with TestClient(TestServer(app)) as client:
            yield Browser(client)


class Browser:
    """A browser with its cookies."""

    def __init__(self, client):
        self.client = client
        self.window = ""
        self._keys = 0

    async def open(self, token):
        """Press the button of a link's page; return the status and the page that comes."""
        body = {"token": token}
        async with self.client.post("/window", data=body, allow_redirects=False) as answer:
            if answer.status != 303:
                return answer.status, await answer.text()
            self.window = answer.headers["Location"]
        async with self.client.get(f"/{self.window}") as page:
            return page.status, await page.text()

    async def says(self, text, under=None):
        """Type something into the window; return the status."""
        return await self._posts({"text": text}, under)

    async def presses(self, code):
        """Press a button in the window; return the status."""
        return await self._posts({"code": code}, None)

    async def _posts(self, what, under):
        self._keys += 1
        where = self.window if under is None else under
        body, headers = {"key": f"w{self._keys}", **what}, {PAGE_HEADER: "1"}
        url = f"/{where}chat/messages"
        async with self.client.post(url, json=body, headers=headers) as answer:
            return answer.status

    async def sees(self, under=None):
        """Read the texts that the window shows; None where there is no window."""
        where = self.window if under is None else under
        async with self.client.get(f"/{where}chat/messages") as answer:
            if answer.status == 401:
                return None
            return [one["text"] for one in (await answer.json())["messages"]]


@pytest.fixture
async def house(store, clock):
    """Open the house."""
    assistant, inbox = assistant_on(
        await filled(store),
        clock,
        pushed=pushed(SETTINGS),
        withheld=withheld(SETTINGS),
    )
    async with running(assistant.turns):
        yield House(assistant, inbox, store, clock, Messenger())
