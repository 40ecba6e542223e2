"""Pages that talk to a server which is killed again and again under them."""

import asyncio
import json
from dataclasses import dataclass, field
from random import Random

from aiohttp import ClientError, ClientSession, DummyCookieJar

from bot.http import PAGE_HEADER
from tests.servers import Server

# Much of it means something only after what was said before: a lost or forked state shows.
_SAID = (
    *({"text": text} for text in ("потеряла полис что делать", "хочу сменить страховую", "1", "2")),
    *({"text": text} for text in ("родилась дочка", "ОСАГО", "спасибо", "меню", "полис", "3")),
    *({"text": text} for text in ("i lost my policy", "фывапролд", "👍", "English", "нет")),
    *({"text": text} for text in ("да", "назад", "отмена", "Анна", "01.02.1990")),
    *({"code": code} for code in ("l:en", "l:ru", "m", "p:1", "p:2", "n", "t:loss", "h:loss:0")),
    *({"code": code} for code in ("f:loss", "f:loss", "f:newborn", "x", "b", "c")),
)
_AT_ONCE = 40  # conversations
_OURS = {PAGE_HEADER: "1", "Content-Type": "application/json"}


@dataclass
class Page:
    """One citizen's browser: what it said, and what it was told of that."""

    script: list[dict[str, str]]
    cookie: str = ""
    accepted: list[str] = field(default_factory=list)

    @property
    def chat(self) -> str:
        """The chat that the signed cookie names."""
        return self.cookie.partition("=")[2].rpartition(".")[0]

    @property
    def headers(self) -> dict[str, str]:
        """What the page sends with every request."""
        return {**_OURS, "Cookie": self.cookie}


class Crash:
    """Conversations with one server, and its killer."""

    def __init__(self, server: Server, conversations: int, letters: int, seed: int) -> None:
        self._server = server
        self._random = Random(seed)
        self.pages = [
            Page([{"opened": ""}, *self._random.choices(_SAID, k=letters)])
            for _ in range(conversations)
        ]
        self._letters = conversations * (letters + 1)
        self._accepted = 0
        self._progress = asyncio.Condition()
        self._up = asyncio.Event()
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def run(self, kills: int) -> None:
        """Hold all conversations to their end, and kill the server meanwhile."""
        self._server.start()
        self._up.set()
        async with (
            ClientSession(self._server.address, cookie_jar=DummyCookieJar()) as session,
            asyncio.TaskGroup() as tasks,
        ):
            tasks.create_task(self._kill(kills))
            for page in self.pages:
                tasks.create_task(self._converse(session, page))

    async def _kill(self, times: int) -> None:
        for moment in sorted(self._random.sample(range(1, self._letters), times)):
            async with self._progress:
                await self._progress.wait_for(lambda moment=moment: self._accepted >= moment)
            # Not to wait for anything: so that no phase of a turn is spared.
            await asyncio.sleep(self._random.uniform(0, 0.02))
            self._up.clear()
            self._server.kill()
            await asyncio.to_thread(self._server.start)
            self._up.set()

    async def _converse(self, session: ClientSession, page: Page) -> None:
        async with self._room:
            page.cookie = await self._greet(session)
            for place, what in enumerate(page.script):
                await self._hand_in(session, page, {"key": f"k-{place}", **what})

    async def _greet(self, session: ClientSession) -> str:
        while True:
            await self._up.wait()
            try:
                async with session.get("/") as answer:
                    return answer.headers["Set-Cookie"].partition(";")[0]
            except ClientError:
                continue

    async def _hand_in(self, session: ClientSession, page: Page, what: dict[str, str]) -> None:
        """Repeat until it is taken, as the page does; now and then it arrives twice at once."""
        while True:
            await self._up.wait()
            copies = 2 if self._random.random() < 0.1 else 1
            taken = await asyncio.gather(*(_post(session, page, what) for _ in range(copies)))
            if any(taken):
                break
        page.accepted.append(what["key"])
        async with self._progress:
            self._accepted += 1
            self._progress.notify_all()


async def _post(session: ClientSession, page: Page, what: dict[str, str]) -> bool:
    try:
        async with session.post(
            "/chat/messages", data=json.dumps(what), headers=page.headers
        ) as answer:
            assert answer.status in {200, 500, 503}, await answer.text()
            return answer.status == 200
    except ClientError:
        return False


async def history(session: ClientSession, page: Page) -> list[dict]:
    """Read a whole conversation as a page does that was away."""
    read: list[dict] = []
    while True:
        after = read[-1]["seq"] if read else 0
        async with session.get(f"/chat/messages?after={after}", headers=page.headers) as answer:
            more = (await answer.json())["messages"]
        if not more:
            return read
        read += more
