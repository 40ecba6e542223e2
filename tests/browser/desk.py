"""Staff in a real browser, at a desk in this process whose clock stands in our hand."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from playwright.async_api import expect

from bot.desk import factor
from bot.desk.permissions import ROLES
from storage import Store, migrate
from tests.bot.conftest import Clock
from tests.bot.desk.sitting import PASSWORD, desk_of, hire, served
from tests.people import person

OFFICE = {"viewport": {"width": 1366, "height": 768}}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
SCREENS = {"office": OFFICE, "tablet": TABLET}

PAGES = {
    "signin": "/desk/signin",
    "start": "/desk",
    "staff": "/desk/staff",
    "staff-new": "/desk/staff/new",
    "staff-one": "/desk/staff/2",
    "journal": "/desk/journal",
    "account": "/desk/account",
    "factor": "/desk/account/factor",
    "reveal": "/desk/reveal?what=insured:1:enp",
    "missing": "/desk/nothing-here",
}
"""Every page of the frame's own, by the name of its picture."""


@asynccontextmanager
async def desk_at(folder: Path, routes=None, **parts):
    """Serve a desk with some people and a journal; yields (desk, address, secret of «boss»).

    ``parts`` of the desk are as they are named there.
    """
    url = f"sqlite:///{folder / 'desk.db'}"
    await migrate(url)
    store, clock = await Store.open(url), Clock()
    try:
        desk = replace(await desk_of(store, clock), **parts)
        _, secret = await hire(desk, "boss", *ROLES, name="Ольга Дроздова")
        await hire(desk, "sokolova", "representative", regions=("77", "50"), name="Мария Соколова")
        await hire(desk, "ershov", "operator", regions=(), name="Павел Ершов", enrolled=False)
        async with store.work() as work:
            await work.keep_insured([person()])
            entries = [
                ("boss", "staff_added", "staff:sokolova", "representative; 77 50"),
                ("sokolova", "signed_in", "address:203.0.113.7", ""),
                ("sokolova", "personal_revealed", "insured:1:enp", "complaint: звонок"),
                ("?", "sign_in_refused", "address:203.0.113.99", ""),
            ]
            await work.write_journal(desk.chain, entries, clock())
        async with served(desk, *([routes] if routes else [])) as browser:
            yield desk, browser.url, secret
    finally:
        await store.close()


class Sitter:
    """Whoever sits at the desk; at the end nothing may have been complained of."""

    def __init__(self, context, desk, address):
        self.context = context
        self.desk = desk
        self.address = address
        self.complaints = []
        self.page = None

    async def open(self, path="/desk"):
        """Open a page, and wait until its scripts have begun."""
        if self.page is None:
            self.page = await self.context.new_page()
            self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
            self.page.on("console", self._hear)
        await self.page.goto(self.address + path)
        await self.page.wait_for_load_state("load")

    def _hear(self, message):
        known = "net::ERR_" in message.text or "status of" in message.text  # played on purpose
        if message.type in {"error", "warning"} and not known:
            self.complaints.append(message.text)

    async def sign_in(self, login, secret, password=PASSWORD):
        """Give password and code, as a person does; the clock goes on by one code."""
        await self.open()
        await self.page.fill("#login", login)
        await self.page.fill("#password", password)
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator("#code")).to_be_focused()
        self.desk.clock.wait(seconds=factor.STEP)
        await self.page.fill("#code", factor.code_at(secret, self.desk.clock()))
        await self.page.keyboard.press("Enter")
        await expect(self.page.locator(".sections")).to_be_visible()


@asynccontextmanager
async def sitting(browser, desk, address, screen=OFFICE, **settings):
    """Give a browser of their own to somebody who knows the address."""
    how = {"locale": "ru-RU", "timezone_id": "Europe/Moscow", **screen, **settings}
    context = await browser.new_context(**how)
    context.set_default_timeout(15_000)
    sitter = Sitter(context, desk, address)
    try:
        yield sitter
    finally:
        await context.close()
    assert sitter.complaints == []


def secret_shown(text):
    """Read the secret of a second factor off a page."""
    return re.sub(r"\s", "", text)
