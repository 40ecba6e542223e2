"""From Telegram into the window: a link, one press, the same conversation on a phone's page."""

import asyncio
import re

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.visiting import PHONE, Visitor
from tests.kit.telegram import TelegramServer
from tests.servers import Server

NAME = "Сидорова Ольга Павловна"
_PATIENCE = 20.0


@pytest_asyncio.fixture(loop_scope="session")
async def telegram():
    """Run Telegram on this machine."""
    async with TelegramServer() as telegram:
        yield telegram


@pytest_asyncio.fixture(loop_scope="session")
async def withholding(telegram, tmp_path):
    """Serve people of a Telegram in which personal data may not travel."""
    settings = {
        **telegram.settings(),
        "POLIS_CHANNELS": "web,telegram",
        "POLIS_PERSONAL_DATA_TELEGRAM": "link",
        "POLIS_SECRET": "a secret of the tests",
    }
    server = Server(tmp_path, settings)
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.interrupt)
    assert "Traceback" not in server.log
    assert "window#" not in server.log


async def arrives(telegram, pattern, count=0):
    """Wait for a message of the bot that fits, and return what was found in it."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            for said in telegram.screen("olga").said[count:]:
                if found := re.search(pattern, said.text):
                    return found
            await asyncio.sleep(0.05)


async def test_an_application_begun_in_telegram_is_filled_in_on_the_site(
    telegram, withholding, browser, tmp_path
):
    """Nothing of it reaches Telegram; the page says whose conversation it is, and lets go of it."""
    for text, answer in (
        ("/start f-loss", "Согласны|согласие"),
        ("да", "полис"),
        ("1", "За кого|кого"),
    ):
        count = len(telegram.screen("olga").said)
        telegram.say("olga", text)
        await arrives(telegram, answer, count)
    count = len(telegram.screen("olga").said)
    telegram.say("olga", "за себя")
    url = (await arrives(telegram, r"http://\S+/window#\S+", count))[0]
    context = await browser.new_context(locale="ru-RU", timezone_id="Europe/Moscow", **PHONE)
    context.set_default_timeout(15_000)
    visitor = Visitor(context, withholding.address + "/")
    try:
        page = visitor.page = await context.new_page()
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        await page.goto(url)
        await page.screenshot(path=tmp_path / "door.png")
        await page.get_by_role("button", name="Открыть разговор").click()
        await expect(page.locator(".window")).to_contain_text("Продолжение разговора из Telegram")
        await expect(page.locator("#log")).to_contain_text("имя")
        sent = len(telegram.screen("olga").said)
        await visitor.ask(NAME)
        answer = await visitor.ask("05.03.1985")
        assert answer
        await page.screenshot(path=tmp_path / "window.png")
        await page.get_by_role("button", name="Закрыть").click()
        await expect(page.locator(".window")).to_have_count(0)
        await expect(page.locator("#log .message.assistant").first).to_be_visible()
        assert NAME not in await page.locator("#log").inner_text()
        await page.goto(url)
        await page.get_by_role("button", name="Открыть разговор").click()
        await expect(page.locator("main")).to_contain_text("напишите помощнику «ссылка»")
        await page.screenshot(path=tmp_path / "shut.png")
        telegram.say("olga", "привет")
        await arrives(telegram, "документ", sent)
    finally:
        await context.close()
    assert visitor.complaints == []
    assert telegram.violations == []
    said = "\n".join(one.text for one in telegram.screen("olga").said)
    assert NAME not in said
    assert "1985" not in said
