"""A desk and a web chat in one process, on a working day, for people at both ends."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import expect

from bot.assistant import turning
from bot.channels.web import Web
from bot.history import ChannelHistory
from bot.papers import Papers
from bot.safekeeping import ChannelFiles
from storage import Store, migrate
from tests.bot.conftest import Clock
from tests.bot.desk.sitting import desk_of, hire, served
from tests.browser.desk import OFFICE, sitting
from tests.browser.visiting import visiting

MONDAY_NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class NoPapers:
    """Nothing is printed here."""

    async def document(self, _channel, _chat, _name):
        """Have no document of any name."""


def web_chat(desk):
    """Put the web chat together over the desk's assistant."""
    assistant = desk.assistant
    return Web(
        intake=assistant.turns,
        history=ChannelHistory("web", assistant.store, assistant.live),
        files=ChannelFiles("web", desk.safe),
        documents=Papers(NoPapers(), NoPapers(), NoPapers(), desk.safe, assistant.attachments),
        words=assistant.knowledge.words,
        clock=desk.clock,
        secret="a secret of the tests",
        public_url="http://127.0.0.1",
        brand=lambda language: assistant.knowledge.organisation.insurer.short_name[language],
    )


class House:
    """Where people meet: citizens at the chat, representatives at the desk."""

    def __init__(self, browser, desk, url, staff):
        self.browser = browser
        self.desk = desk
        self.url = url
        self.staff = staff

    def citizen(self, **settings):
        """Let a newcomer in at the chat, to be used in ``async with``."""
        return visiting(self.browser, f"{self.url}/", **settings)

    @asynccontextmanager
    async def representative(self, login, screen=OFFICE, **settings):
        """Let somebody sign in at the desk."""
        async with sitting(self.browser, self.desk, self.url, screen, **settings) as sitter:
            await sitter.sign_in(login, self.staff[login])
            yield sitter


@asynccontextmanager
async def house(browser, folder: Path):
    """Serve both, with two representatives, a supervisor and an operator."""
    url = f"sqlite:///{folder / 'talks.db'}"
    await migrate(url)
    store, clock = await Store.open(url), Clock()
    clock.now = MONDAY_NOON
    try:
        desk = await desk_of(store, clock)
        staff = {}
        for login, name, roles in (
            ("anna", "Анна Кузнецова", ("representative",)),
            ("boris", "Борис Лапин", ("representative",)),
            ("olga", "Ольга Дроздова", ("supervisor",)),
            ("pavel", "Павел Ершов", ("operator",)),
        ):
            _, staff[login] = await hire(desk, login, *roles, name=name)
        async with (
            turning(desk.assistant),
            served(desk, beside=(web_chat(desk),)) as browsers,
        ):
            yield House(browser, desk, browsers.url, staff)
    finally:
        await store.close()


async def call_a_person(citizen, *before):
    """Say a few things, then ask for a person."""
    for text in before:
        await citizen.ask(text)
    await citizen.ask("позовите человека")
    return citizen


async def take_next(sitter):
    """Take the next dialog off the list; return its address."""
    await sitter.open("/desk/talks")
    await sitter.page.keyboard.press("n")
    await expect(sitter.page.locator("#composer[data-mode=citizen]")).to_be_visible()
    await sitter.page.wait_for_load_state("load")  # by then its scripts listen
    return sitter.page.url


async def write(sitter, text):
    """Write to the citizen and send with the keys."""
    await sitter.page.fill("#text", text)
    await sitter.page.keyboard.press("Control+Enter")


@asynccontextmanager
async def led(browser, folder: Path):
    """Let a representative take the dialog of a citizen who asked for a person; yields both."""
    async with (
        house(browser, folder) as here,
        here.citizen() as citizen,
        here.representative("anna") as anna,
    ):
        await call_a_person(citizen)
        await take_next(anna)
        yield citizen, anna
