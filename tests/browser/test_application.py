"""An application on a phone: from the question to the receipt, interrupted three times."""

import re
from datetime import date, timedelta

import pypdfium2
from playwright.async_api import expect

from tests.browser.visiting import PHONE
from tests.drawings import blurred, document, encoded


async def test_a_newborn_s_application_from_the_question_to_the_signed_sheet(visit, tmp_path):
    """A mother asks, fills in, looks something up, closes the page, comes back, and files."""
    sharp, unsharp = tmp_path / "a.jpg", tmp_path / "b.jpg"
    sharp.write_bytes(encoded(document()))
    unsharp.write_bytes(encoded(blurred(document(), 14)))
    born = date.today() - timedelta(days=20)  # noqa: DTZ011 — the server's clock is this machine's
    async with visit(PHONE) as visitor:
        await visitor.ask("родилась дочка, что делать с полисом")
        assert "персональные данные" in await visitor.press("Подать заявление")
        assert "Шаг 1" in await visitor.press("Даю согласие")
        await visitor.press("Да")
        await visitor.ask("Кузнецова Ева Артёмовна")
        assert "Ева" in await visitor.ask(f"{born:%d.%m.%Y}")

        # First interruption: a question in the middle.
        assert "Девочка" in await visitor.ask("а сколько ждать полис?")
        await visitor.press("Девочка")
        await visitor.ask("II-АБ 123456")

        # Second: the page is loaded anew.
        await visitor.page.reload()
        assert "СНИЛС" in await visitor.ask(f"{born + timedelta(days=5):%d.%m.%Y}")

        # Third: the menu, and back again.
        await visitor.ask("меню")
        await visitor.press("Продолжить")
        await visitor.press("Пропустить")
        await visitor.press("Мать")
        await visitor.ask("Кузнецова Ольга Викторовна")
        await visitor.press("Паспорт РФ")
        await visitor.ask("4510 123456")
        await visitor.ask("Тула, проспект Ленина, 7, кв. 15")
        await visitor.ask("8 920 123-45-67")
        await visitor.press("Пропустить")

        # A photo that cannot be read is told at once; a sharp one is taken.
        await _send(visitor.page, unsharp)
        await expect(visitor.page.locator(".message.assistant").last).to_contain_text("нерезким")
        await _send(visitor.page, sharp)
        await expect(visitor.page.locator(".message.assistant").last).to_contain_text("это всё")
        review = await visitor.press("Это всё")
        assert "Кузнецова Ева Артёмовна" in review
        assert "приложен 1 файл" in review

        filed = await visitor.press("Отправить")
        number = re.search(r"\d{4}-\d{4}-\d", filed)[0]
        assert number in await visitor.ask("мои заявления")

        await visitor.press(number)
        await visitor.press("Распечатать")
        async with visitor.page.expect_download() as downloading:
            await visitor.page.locator("a.document").last.click()
        sheet = await (await downloading.value).path()
        with pypdfium2.PdfDocument(sheet) as paper:
            text = paper[0].get_textpage().get_text_range()
        assert number in text
        assert "Кузнецова Ева Артёмовна" in text

        # Nobody types so fast: the page was asked to wait, did, and the browser told of it.
        visitor.complaints = [one for one in visitor.complaints if "429" not in one]


async def _send(page, photo):
    """Send a photo and wait until it is there."""
    count = await page.locator("#log .message.citizen").count()
    await page.set_input_files("#file", photo)
    await page.click("#send")
    await expect(page.locator("#log .message.citizen")).to_have_count(count + 1)
    await expect(page.locator("#log > .message:last-of-type.assistant")).to_be_visible()
