"""An operator in Chromium looks at a draft as every messenger will show it."""

from contextlib import asynccontextmanager

from PIL import Image
from playwright.async_api import expect

from storage import Store, migrate
from tests.bot.conftest import Clock
from tests.bot.desk.looking import beside_messengers
from tests.bot.desk.sitting import hire
from tests.browser.desk import sitting
from tests.browser.test_looks import CONTRASTS
from tests.browser.visiting import DESKTOP, PHONE

_OVER = "document.documentElement.scrollWidth - innerWidth"
_FIELDS = {
    "title": "Офис переезжает",
    "text.ru": "{name|Здравствуйте}! С 1 декабря офис на Ленина работает до 20:00.",
    "text.en": "{name|Hello}! From 1 December the office in Lenina street is open until 20:00.",
    "question.ru": "Вам удобно?",
    "question.en": "Is that convenient?",
    "answers.ru": "Да\nНет",
    "answers.en": "Yes\nNo",
}


@asynccontextmanager
async def _looking(browser, folder, screen, **settings):
    """Sign an operator in who writes a notice in two languages and puts a picture to it."""
    url = f"sqlite:///{folder / 'desk.db'}"
    await migrate(url)
    store = await Store.open(url)
    async with beside_messengers(store, Clock()) as (desk, served):
        _, secret = await hire(desk, "pavel", "operator", name="Павел Ершов")
        async with sitting(browser, desk, served.url, screen, **settings) as sitter:
            await sitter.sign_in("pavel", secret)
            await sitter.open("/desk/notices/new")
            for name, words in _FIELDS.items():
                await sitter.page.locator(f"[name='{name}']").evaluate(
                    "(field, words) => { field.value = words; }", words
                )
            await sitter.page.get_by_role("button", name="Сохранить").click()
            await expect(sitter.page.locator(".looks")).to_have_count(2)
            poster = folder / "poster.png"
            Image.new("RGB", (640, 360), "#7a9cc6").save(poster)
            await sitter.page.locator("details.attach summary").click()
            await sitter.page.set_input_files("#file", str(poster))
            await sitter.page.get_by_role("button", name="Добавить").click()
            await expect(sitter.page.locator(".look-message img").first).to_be_visible()
            yield sitter.page
    await store.close()


async def test_each_messenger_shows_the_notice_as_it_will_come_there(browser, tmp_path):
    async with _looking(browser, tmp_path, DESKTOP) as page:
        telegram, whatsapp = (
            page.locator(".look", has=page.locator("b", has_text=name)).first
            for name in ("Telegram", "WhatsApp")
        )
        await expect(telegram.locator("header")).to_contain_text("1 сообщение")
        await expect(telegram.locator(".look-message")).to_contain_text("Анна! С 1 декабря")
        await expect(telegram.locator(".look-buttons span")).to_have_text(["Да", "Нет"])
        await expect(whatsapp.locator("header")).to_contain_text("2 сообщения")
        await expect(whatsapp.locator(".look-screen img")).to_have_count(1)
        await expect(whatsapp.locator(".look-later")).to_contain_text("шаблона нет")
        await expect(page.locator("main")).to_contain_text("MAX: не придёт")
        await telegram.locator("img").evaluate("(image) => image.decode()")
        assert await page.evaluate(_OVER) <= 0
        await page.screenshot(path=tmp_path / "looks-1280-light.png", full_page=True)


async def test_it_is_read_on_a_phone_at_night(browser, tmp_path):
    async with _looking(browser, tmp_path, PHONE, color_scheme="dark") as page:
        assert await page.evaluate(_OVER) <= 0
        assert await page.evaluate(CONTRASTS) == []
        await page.screenshot(path=tmp_path / "looks-390-dark.png", full_page=True)
