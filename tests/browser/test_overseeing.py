"""Supervisors in Chromium: figures that can be read by everybody, and a page that is live."""

import re

from playwright.async_api import expect

from tests.browser.desk import OFFICE, SCREENS, sitting
from tests.browser.overseen import PAGES, overseen
from tests.browser.test_desk import NAMELESS, SMALL
from tests.browser.test_looks import CONTRASTS
from tests.storage.given import asking
from tests.years import NOW

OVER = "document.documentElement.scrollWidth - innerWidth"
PLOTS = """() => {
    const told = (plot, name) => document.getElementById(plot.getAttribute(name));
    return [...document.querySelectorAll(".columns-plot")].map((plot) => [
        plot.querySelectorAll("rect").length,
        told(plot, "aria-labelledby")?.textContent.length > 0,
        told(plot, "aria-describedby")?.querySelectorAll("tbody tr").length,
    ]);
}"""


async def test_both_pages_fit_are_readable_and_every_plot_has_its_table(browser, tmp_path):
    async with overseen(tmp_path) as (desk, address, secret):
        for screen in SCREENS.values():
            for scheme in ("light", "dark"):
                async with sitting(browser, desk, address, screen, color_scheme=scheme) as sitter:
                    await sitter.sign_in("boss", secret)
                    for name, path in PAGES.items():
                        await sitter.open(path)
                        assert await sitter.page.evaluate(OVER) <= 0, name
                        assert await sitter.page.evaluate(CONTRASTS) == [], name
                        assert await sitter.page.evaluate(NAMELESS) == [], name
                        assert await sitter.page.evaluate(SMALL) == [], name
        async with sitting(browser, desk, address, OFFICE) as sitter:
            await sitter.sign_in("boss", secret)
            await sitter.open(PAGES["statistics"])
            plots = await sitter.page.evaluate(PLOTS)
            assert len(plots) == 5
            assert all(bars == rows and named for bars, named, rows in plots), plots
            table = sitter.page.locator("#hours-table")
            await table.locator("summary").click()
            await expect(table.locator("tbody tr").first).to_be_visible()


async def test_the_period_and_the_channel_are_chosen_on_the_page(browser, tmp_path):
    async with (
        overseen(tmp_path) as (desk, address, secret),
        sitting(browser, desk, address) as sitter,
    ):
        await sitter.sign_in("boss", secret)
        page = sitter.page
        await page.keyboard.press("g")
        await page.keyboard.press("t")
        await expect(page.locator("h1")).to_have_text("Статистика")
        await page.get_by_role("link", name="30 дней").click()
        await page.wait_for_url(re.compile(r"[?&]period="))
        every = int(await page.locator(".figure b").first.inner_text())
        await page.get_by_label("Канал").select_option(label="Telegram")
        await page.get_by_role("button", name="Показать", exact=True).first.click()
        await page.wait_for_url(re.compile(r"[?&]channel=telegram"))
        await expect(page.get_by_label("Канал")).to_have_value("telegram")
        some = int(await page.locator(".figure b").first.inner_text())
        assert 0 < some < every
        assert NOW.strftime("%Y-%m-%d") == await page.get_by_label("По", exact=True).input_value()


async def test_the_page_of_now_follows_and_keeps_the_focus(browser, tmp_path):
    async with (
        overseen(tmp_path) as (desk, address, secret),
        sitting(browser, desk, address) as sitter,
    ):
        await sitter.sign_in("boss", secret)
        await sitter.open("/desk/now")
        page = sitter.page
        again = page.get_by_role("button", name="Отправить ещё раз")
        await expect(again).to_have_count(3)
        await expect(page.locator("[role=alert]").first).to_contain_text("не сошлась с реестром")
        await again.last.focus()
        kept = await page.evaluate("document.activeElement.closest('form').action")
        async with asking(f"sqlite:///{tmp_path / 'desk.db'}") as ask:
            await ask(lambda connection: connection.exec_driver_sql(
                "UPDATE talk SET representative_name = 'Пётр Сомов' WHERE id = 1"
            ))  # fmt: skip
        desk.assistant.live.tell_queue()
        await expect(page.locator("#board")).to_contain_text("Пётр Сомов", timeout=20_000)
        assert await page.evaluate("document.activeElement.closest('form').action") == kept
        await page.keyboard.press("Enter")
        await expect(page.locator("#toasts")).to_contain_text("уйдёт ещё раз")
        await expect(again).to_have_count(2)
