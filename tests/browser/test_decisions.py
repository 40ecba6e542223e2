"""An application decided in Chromium by a representative, while its citizen looks on."""

from datetime import date

from playwright.async_api import expect
from sqlalchemy import select

from storage.applications import Filing
from storage.schema import chat
from tests.bot.desk.test_applications import LOSS
from tests.browser.talking import house

NUMBER = "2000-0000-1"


async def file(here, citizen, number=NUMBER, due=date(2026, 11, 26)):
    """File an application in the chat of a citizen who has said something."""
    await citizen.ask("привет")
    async with here.desk.store.work() as work:
        newest = await work._run(  # noqa: SLF001 — the cookie of the chat is the browser's secret
            lambda connection: connection.execute(select(chat.c.id)).scalars().all()[-1]
        )
        filing = Filing(newest, number, "loss", 1, LOSS, here.desk.clock(), due_on=due)
        await work.file([filing])


async def test_a_decision_made_by_keys_is_told_in_the_chat_at_once(browser, tmp_path):
    """Taken, approved, done; each step shows at both ends."""
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as citizen,
        here.representative("anna") as anna,
    ):
        await file(here, citizen)
        page, log = anna.page, citizen.page.locator("#log")
        await anna.open("/desk/applications")
        await page.keyboard.press("j")
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_contain_text(NUMBER)
        await page.wait_for_load_state("load")  # by then its scripts listen
        await page.keyboard.press("c")
        await expect(page.locator(".head .badges")).to_contain_text("на рассмотрении")
        await page.wait_for_load_state("load")
        await expect(log.locator(".message").last).to_contain_text(NUMBER)
        await page.keyboard.press("x")
        await expect(page.locator("dialog[open]")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.keyboard.press("o")
        await page.locator("dialog[open] button.main-one").click()
        await expect(page.locator(".head .badges")).to_contain_text("одобрено")
        await page.wait_for_load_state("load")
        await expect(log.locator(".message", has_text="одобр").last).to_be_visible()
        await page.keyboard.press("e")
        await page.locator("dialog[open] button.main-one").click()
        await expect(page.locator(".head .badges")).to_contain_text("готово")


async def test_a_list_of_applications_follows_and_no_row_moves_under_the_cursor(browser, tmp_path):
    """What is new waits behind a button; what a colleague takes stands where it stood."""
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as citizen,
        here.representative("anna") as anna,
        here.representative("boris") as boris,
    ):
        await file(here, citizen)
        page, rows = anna.page, "#rows tr[data-row]"
        await anna.open("/desk/applications")
        await page.keyboard.press("j")
        await file(here, citizen, "1000-0000-1", due=date(2026, 11, 24))
        here.desk.assistant.live.tell_applications()
        await expect(page.locator("#fresh")).to_have_text("Новых: 1. Показать")
        await expect(page.locator(rows)).to_have_count(1)
        await expect(page.locator(rows).first).to_be_focused()
        await expect(page.locator("[data-count=submitted]")).to_have_text("2")
        await boris.open(f"/desk/applications/{NUMBER}")
        await boris.page.keyboard.press("c")
        await expect(boris.page.locator(".head .badges")).to_contain_text("на рассмотрении")
        await expect(page.locator(rows).first).to_have_class("gone")
        await expect(page.locator("[data-count=in_review]")).to_have_text("1")
        await page.locator("#fresh").click()
        await expect(page.locator(rows)).to_have_attribute("data-row", "1000-0000-1")
        await anna.open(f"/desk/applications/{NUMBER}")
        await expect(page.locator(".note").last).to_contain_text("Борис Лапин")
        await page.keyboard.press("c")
        await page.locator("dialog[open] button.main-one").click()
        await expect(page.locator("#toasts")).to_contain_text("Заявление теперь у вас")
