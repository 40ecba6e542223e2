"""Hands and eyes at the web chat's own page, by its requests."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.web import Web
from bot.history import ChannelHistory
from bot.http import PAGE_HEADER, Rate, guard
from bot.safekeeping import ChannelFiles, Safe
from dialogs.effects import Say, Speak
from tests.bot.channels.chatting import Papers
from tests.through.canonical import Bubble, Numbers, bubbles
from tests.through.house import House
from tests.through.photo import PHOTO
from tests.through.playing import Cannot

_AT_EASE = Rate(burst=1000, per_second=1000.0)  # a script types faster than a person
_SECRET = "secret " * 4


class WebHands:
    """A visitor of the page."""

    def __init__(self, client: TestClient, language: str) -> None:
        self._client = client
        self._headers = {PAGE_HEADER: "1", "Accept-Language": language}
        self._keys = (f"k-{number}" for number in count(1))
        self._seen = 0
        self._choices: dict[str, str] = {}

    @property
    def address(self) -> str:
        """The chat that the signed cookie names."""
        cookies = self._client.session.cookie_jar.filter_cookies(self._client.make_url("/"))
        return cookies["polis"].value.rpartition(".")[0]

    async def arrive(self) -> None:
        """Open the page."""
        async with self._client.get("/", headers=self._headers) as page:
            assert page.status == 200

    async def open(self, payload: str) -> None:
        """Open the chat, perhaps through a link."""
        await self._post(opened=payload)

    async def say(self, text: str) -> None:
        """Type something; the page takes up to 4,000 characters."""
        if len(text) > 4000:
            raise Cannot("the page takes no longer text")
        await self._post(text=text)

    async def press(self, label: str) -> None:
        """Press the newest button of a label."""
        await self._post(code=self._choices[label])

    async def press_code(self, code: str) -> None:
        """Press a button from elsewhere."""
        await self._post(code=code)

    async def photo(self) -> None:
        """Send a good photo."""
        form = FormData({"key": next(self._keys), "caption": ""})
        form.add_field("file", PHOTO, filename="photo.jpg", content_type="image/jpeg")
        async with self._client.post("/chat/files", data=form, headers=self._headers) as answer:
            assert answer.status == 200, await answer.text()

    async def send(self, kind: str) -> None:
        """Refuse: the page takes words, photos and PDF."""
        raise Cannot("a page has no way to send this")

    async def contact(self, phone: str) -> None:
        """Refuse: a page vouches for no phone."""
        raise Cannot("the page vouches for no phone")

    async def look(self, numbers: Numbers) -> list[Bubble]:
        """Read what the page would now show."""
        seen: list[Bubble] = []
        while messages := await self._after(self._seen):
            for one in messages:
                self._seen = one["seq"]
                if one["voice"] == "citizen":
                    continue
                choices = one.get("buttons", [])
                self._choices |= {each["label"]: each["code"] for each in choices}
                seen.append(
                    Bubble(
                        numbers.mask(one["text"]),
                        numbers.mask(one.get("note", "")),
                        tuple(numbers.mask(each["label"]) for each in choices),
                        numbers.mask(one.get("document", "")),
                    )
                )
        return seen

    def expected(
        self, said: Sequence[Say | Speak], numbers: Numbers, language: str
    ) -> list[Bubble]:
        """Say how that has to look."""
        return bubbles(said, numbers)

    async def _after(self, seq: int) -> list[dict]:
        async with self._client.get(f"/chat/messages?after={seq}") as answer:
            return (await answer.json())["messages"]

    async def _post(self, **what: str) -> None:
        body = json.dumps({"key": next(self._keys), **what})
        headers = {**self._headers, "Content-Type": "application/json"}
        async with self._client.post("/chat/messages", data=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def hands(house: House, language: str) -> AsyncIterator[WebHands]:
    """Serve the page inside the block, with a visitor."""
    assistant = house.assistant
    app = web.Application()
    guard(app)
    Web(
        assistant.turns,
        ChannelHistory("web", assistant.store, assistant.live),
        ChannelFiles("web", Safe(assistant.store, (_SECRET,), house.clock)),
        Papers(),
        words=assistant.knowledge.words,
        clock=house.clock,
        secret=_SECRET,
        public_url="http://127.0.0.1:8080",
        brand=lambda _: "Insurer",
        per_chat=_AT_EASE,
        per_address=_AT_EASE,
    ).mount(app)
    async with TestClient(TestServer(app)) as client:
        visitor = WebHands(client, language)
        await visitor.arrive()
        yield visitor
