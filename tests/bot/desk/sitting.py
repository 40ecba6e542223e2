"""A desk in memory of a browser: quick passwords, a clock in our hand, somebody signed in."""

import html
import re
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher, Type

from bot.assistant import assemble
from bot.desk import factor
from bot.desk.assets import DeskAssets
from bot.desk.chain import journal_chain
from bot.desk.desk import Desk
from bot.desk.dispatch import Dispatch
from bot.desk.first import new_staff
from bot.desk.lockout import Lockout
from bot.desk.passwords import Passwords
from bot.desk.permissions import EVERYWHERE
from bot.desk.streams import Streams
from bot.desk.table import ROUTES
from bot.desk.tokens import Tokens
from bot.http import PAGE_HEADER, guard
from bot.safekeeping import Safe
from bot.sealing import Seal
from tests.worlds import knowledge

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
PASSWORD = "a password of the tests"
KEYS = ["k" * 32]
_FORM_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_SCRIPT_TOKEN = re.compile(r'"csrf": ?"([0-9a-f]+)"')


async def desk_of(store, clock, *, public_url="http://127.0.0.1:8080", is_demo=False, keys=KEYS):
    """Put a desk together as `bot.desk.opening` does, but with passwords that cost nothing."""
    seal, tokens = Seal(keys), Tokens("a secret of the tests")
    chain = await journal_chain(store, seal)
    assistant = assemble(knowledge(), store, clock, calls=True, chain=chain)
    return Desk(
        assistant=assistant,
        seal=seal,
        chain=chain,
        tokens=tokens,
        passwords=Passwords(QUICK),
        lockout=Lockout(store, tokens),
        assets=DeskAssets(),
        streams=Streams(),
        public_url=public_url,
        is_demo=is_demo,
        safe=Safe(store, keys, clock),
        worlds=assistant.knowledge.worlds(calls=True),
    )


async def hire(desk, login, *roles, regions=(EVERYWHERE,), name="", enrolled=True):
    """Keep an account; return it with the secret of its second factor."""
    made = await new_staff(desk, login, name or login, roles, regions, PASSWORD)
    secret = factor.draw()
    async with desk.store.work() as work:
        number = await work.keep_staff(replace(made, must_renew=not enrolled))
        staff = replace(made, id=number, must_renew=not enrolled)
        if enrolled:
            sealed = desk.seal.seal(secret.encode(), f"factor:{number}")
            staff = replace(staff, second_factor=sealed)
            await work.keep_staff(staff)
    return staff, secret


@asynccontextmanager
async def served(desk, routes=ROUTES, beside=()):
    """Serve the desk; yields a maker of browsers that know nobody yet, with the desk's `url`.

    ``beside`` are other parts to be mounted in the same application.
    """
    app = web.Application()
    guard(app)
    Dispatch(desk, routes).mount(app)
    for part in beside:
        part.mount(app)
    browsers = []
    async with TestServer(app) as server:

        def browser():
            client = TestClient(server, cookie_jar=CookieJar(unsafe=True, quote_cookie=False))
            browsers.append(client)
            return Browser(client, desk)

        browser.url = str(server.make_url("")).rstrip("/")
        yield browser
        for client in browsers:
            await client.session.close()


class Browser:
    """Whoever sits at the desk; remembers cookies, and the token of the page last seen."""

    def __init__(self, client, desk):
        self.client = client
        self.desk = desk
        self.csrf = ""

    async def get(self, path, **more):
        """Open a page without following where it sends; returns (status, text, headers)."""
        return await self._read(self.client.get(path, allow_redirects=False, **more))

    async def post(self, path, *, csrf=None, script=False, **values):
        """Post a form as our page does."""
        token = self.csrf if csrf is None else csrf
        headers = {PAGE_HEADER: "1"} if script else {}
        fields = {"csrf": token, **values} if token else values
        asked = self.client.post(path, data=fields, headers=headers, allow_redirects=False)
        return await self._read(asked)

    async def _read(self, asked):
        async with asked as answer:
            text = await answer.text()
            found = _FORM_TOKEN.search(text) or _SCRIPT_TOKEN.search(text)
            self.csrf = found[1] if found else self.csrf
            return answer.status, text, answer.headers

    async def sign_in(self, login, secret, password=PASSWORD):
        """Give password and code; returns the last answer."""
        await self.get("/desk/signin")
        status, text, headers = await self.post("/desk/signin", login=login, password=password)
        assert (status, headers.get("Location")) == (303, "/desk/signin/code"), text
        await self.get("/desk/signin/code")
        code = factor.code_at(secret, self.desk.clock())
        answer = await self.post("/desk/signin/code", code=code)
        await self.get("/desk")
        return answer

    @property
    def cookie(self):
        """Return the desk's cookie as the browser has it."""
        found = [one for one in self.client.session.cookie_jar if "polis_desk" in one.key]
        return found[0] if found else None


def words_of(text):
    """Read the words of a page as a person does."""
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", plain)).split())
