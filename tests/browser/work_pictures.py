"""Pictures of applications and notices: `python -m tests.browser.work_pictures`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import expect

from tests.browser.desk import SCREENS
from tests.browser.desk_pictures import keep_picture, keep_pictures
from tests.browser.talking import house
from tests.browser.test_decisions import NUMBER, file
from tests.browser.test_notices import NAMELESS, write_notice
from tests.browser.visiting import browsing

APPLICATIONS = {
    "applications": "/desk/applications",
    "application": f"/desk/applications/{NUMBER}",
    "replies": "/desk/replies",
}
WRITTEN = {
    "title": "Офис переезжает",
    "text__ru": "Здравствуйте, {name|уважаемый клиент}! С 1 декабря офис в Москве работает по "
    "новому адресу: Примерная улица, 5. Вопросы: {phone}.",
    "question__ru": "Вам удобно?",
    "answers__ru": "Да\nНет",
    "expires_at": "2026-11-25T12:00",
}


async def draw(folder: Path) -> None:
    """Draw the pages of applications, then those of a notice on its way."""
    async with (
        browsing() as browser,
        house(browser, folder) as here,
        here.citizen() as mother,
        here.citizen() as worker,
    ):
        await worker.ask("привет")
        await file(here, mother)
        async with here.representative("anna", reduced_motion="reduce") as anna:
            await keep_pictures(anna, APPLICATIONS)
        async with here.representative("pavel", reduced_motion="reduce") as pavel:
            await write_notice(pavel, **WRITTEN)
            address = pavel.page.url.removeprefix(here.url).partition("?")[0]
            await pavel.open(f"{address}/list")
            await pavel.page.set_input_files("#file", str(_listed(folder)))
            await pavel.page.get_by_role("button", name="Загрузить", exact=True).click()
            await expect(pavel.page.locator(".people")).to_be_visible()
            pages = {"notice": address, "notice-edit": f"{address}/edit"}
            pages["notice-list"] = f"{address}/list"
            await keep_pictures(pavel, {**pages, "notices": "/desk/notices"})
            await _keep_columns(pavel, f"{address}/list", folder)
            await pavel.open(address)
            await pavel.page.locator("form[action$=send] button").click()
            await pavel.page.locator("dialog[open] button.main-one").click()
            await expect(pavel.page.locator(".head")).to_contain_text("завершено", timeout=30_000)
            await keep_pictures(pavel, {"notice-sent": address})


async def _keep_columns(sitter, path: str, folder: Path) -> None:
    """Keep how the columns of a list are asked about."""
    file = folder / "nameless.csv"
    file.write_text(NAMELESS, "utf-8")
    for screen, device in SCREENS.items():
        await sitter.page.set_viewport_size(device["viewport"])
        for scheme in ("light", "dark"):
            await sitter.page.emulate_media(color_scheme=scheme)
            await sitter.open(path)
            await sitter.page.set_input_files("#file", str(file))
            await sitter.page.locator("#columns select").first.wait_for()
            await keep_picture(sitter, f"notice-columns-{screen}-{scheme}")


def _listed(folder: Path) -> Path:
    """Write a list in which two rows name somebody and four do not."""
    file = folder / "list.csv"
    file.write_text("ФИО;Гость;Телефон\nА;1;\nБ;;12\nВ;2;\nГ;1;\nД;;\nЕ;99;\n", "utf-8")
    return file


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(draw(Path(made)))
