"""A paper policy photographed with a phone fills in an application."""

from datetime import date

from playwright.async_api import expect

from tests.bot.scanning.paper import layout_1
from tests.bot.scanning.photos import page, photo
from tests.browser.visiting import PHONE

WHO = ("9978940898005000", "ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1))


async def test_a_photo_of_the_policy_saves_typing_three_answers(visit, tmp_path):
    """A QR code is named as such; the right photo is shown, confirmed, and the review has it."""
    wrong, right = tmp_path / "qr.jpg", tmp_path / "policy.jpg"
    wrong.write_bytes(photo(page("https://example.org", 12, "QRCode"), angle=3))
    right.write_bytes(photo(page(layout_1(*WHO), columns=8), angle=-9, perspective=0.08, blur=1))
    async with visit(PHONE) as visitor:
        await visitor.ask("прочитать полис по фото")
        await visitor.press("Потеря полиса")
        await visitor.press("Даю согласие")
        await visitor.press("Потерян")
        assert "фото" in await visitor.press("За себя")
        await _send(visitor.page, wrong)
        log = visitor.page.locator("#log")
        await expect(log).to_contain_text("На фото QR-код")
        await _send(visitor.page, right)
        await expect(log).to_contain_text("9978 9408 9800 5000")
        await visitor.page.screenshot(path=tmp_path / "shown.png")
        assert "Какой у вас документ" in await visitor.press("Всё верно, внести")
        await visitor.press("Паспорт РФ")
        await visitor.ask("4510 111222")
        await visitor.ask("8 903 111-22-33")
        review = await visitor.press("Пропустить")
        assert "Иванова Анна Петровна" in review
        assert "1 января 1950" in review


async def _send(page, photo):
    """Send a photo and wait until it is there."""
    count = await page.locator("#log .message.citizen").count()
    await page.set_input_files("#file", photo)
    await page.click("#send")
    await expect(page.locator("#log .message.citizen")).to_have_count(count + 1)
