"""A citizen at the page, and the browser they sit at."""

import json
import shutil
from contextlib import asynccontextmanager
from uuid import uuid4

from playwright.async_api import async_playwright, expect

from bot.http import PAGE_HEADER

expect.set_options(timeout=15_000)  # milliseconds; a busy machine is slow, not wrong

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
SHOWN_WHOLE = """async () => {
    const last = [...document.querySelectorAll("#log > .message")].at(-1).dataset.seq;
    const answer = await fetch(`chat/messages?after=${last}`).catch(() => null);
    return Boolean(answer?.ok) && (await answer.json()).length === 0;
}"""
"""The page shows all the server has said: an answer of two messages comes in two events."""


def chromium():
    """Find a Chromium on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def browsing():
    """Have a browser for a while."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(browser, address, device=None, path="", **settings):
    """Open the page as a newcomer; at the end the page must have had nothing to complain of."""
    how = {"locale": "ru-RU", "timezone_id": "Europe/Moscow", **(device or DESKTOP), **settings}
    context = await browser.new_context(**how)
    context.set_default_timeout(15_000)
    visitor = Visitor(context, address)
    try:
        await visitor.open(path)
        yield visitor
    finally:
        await context.close()
    assert visitor.complaints == []


class Visitor:
    """Whoever sits at the page."""

    def __init__(self, context, address):
        self.context = context
        self.address = address
        self.complaints = []
        self.page = None

    async def open(self, path=""):
        """Open the page, and wait for its first words."""
        self.page = await self.another_tab(path)

    async def another_tab(self, path=""):
        """Open one more tab."""
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)
        await page.goto(self.address + path)
        await expect(page.locator(".message.assistant").first).to_be_visible()
        return page

    def _hear(self, message):
        # A lost connection is told by the browser as an error; here it is part of the play.
        if message.type in {"error", "warning"} and "net::ERR_" not in message.text:
            self.complaints.append(message.text)

    async def ask(self, text):
        """Type something and return the messages that answer it, as locators."""
        await self.page.fill("#text", text)
        await self.page.click("#send")
        return await self.answers(text)

    async def press(self, label):
        """Press a button under the last messages and return what answers it."""
        await self.page.locator(".message:not(.past) .choice", has_text=label).last.click()
        return await self.answers(label)

    async def answers(self, text):
        """Wait for the answer to what was said last, and return it in one text."""
        own = self.page.locator("#log .message.citizen").last
        await expect(own.locator(".text")).to_have_text(text)
        await expect(self.page.locator("#outgoing .message")).to_have_count(0)
        followers = "#log > .message:last-of-type.assistant"
        await expect(self.page.locator(followers)).to_be_visible()
        await self.page.wait_for_function(SHOWN_WHOLE)
        return await self.page.evaluate(
            """() => {
                const all = [...document.querySelectorAll("#log .message")];
                const own = all.map((each) => each.classList.contains("citizen")).lastIndexOf(true);
                return all.slice(own + 1).map((each) => each.innerText).join("\\n");
            }"""
        )

    async def places(self, page=None):
        """Return the places of all messages on the page, from top to bottom."""
        return (
            await (page or self.page)
            .locator("#log .message")
            .evaluate_all("(all) => all.map((each) => Number(each.dataset.seq))")
        )

    async def post_from_elsewhere(self, **what):
        """Say something in the same conversation, past the page."""
        answer = await self.context.request.post(
            self.address + "chat/messages",
            data=json.dumps({"key": str(uuid4()), **what}),
            headers={PAGE_HEADER: "1", "Content-Type": "application/json"},
        )
        assert answer.status == 200
