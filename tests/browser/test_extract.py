"""An extract on a phone: an invented person proves who they are and shows the barcode."""

import re

import zxingcpp
from PIL import Image
from playwright.async_api import expect

from tests.browser.visiting import PHONE

BARCODE = re.compile(r"\S+")


async def test_a_proven_person_gets_the_extract_and_its_barcode_is_read_from_the_screen(
    visit, tmp_path
):
    """Phone, birth date, number, code; then the picture, whose code a reader reads."""
    async with visit(PHONE) as visitor:
        await visitor.ask("пришлите выписку")
        await visitor.press("Выписка сейчас")
        await visitor.press("Даю согласие")
        await visitor.ask("+7 900 000-00-01")
        await visitor.ask("07.03.1985")
        await visitor.page.fill("#text", "9956410892000015")
        await visitor.page.click("#send")
        await expect(visitor.page.locator(".message.assistant").last).to_contain_text("СМС")

        inbox = await visitor.context.new_page()
        await inbox.goto(visitor.address + "demo/inbox")
        code = re.search(r"\b\d{6}\b", await inbox.locator("main").inner_text())[0]
        await inbox.close()
        await visitor.page.fill("#text", code)
        await visitor.page.click("#send")

        picture = visitor.page.locator("img.extract")
        await expect(picture).to_be_visible()
        await picture.evaluate("image => image.decode()")
        shot = tmp_path / "extract.png"
        await picture.screenshot(path=shot)
        (read,) = zxingcpp.read_barcodes(Image.open(shot))
        assert read.format.name == "QRCode"
        assert BARCODE.fullmatch(read.text)
        await expect(visitor.page.locator("#log")).not_to_contain_text("9956410892000015")
        visitor.complaints = [one for one in visitor.complaints if "429" not in one]
