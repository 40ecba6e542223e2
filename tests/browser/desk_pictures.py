"""Pictures of every page of the desk's frame: `python -m tests.browser.desk_pictures`."""

import asyncio
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import expect

from tests.browser.desk import PAGES, SCREENS, desk_at, sitting
from tests.browser.overseen import PAGES as OVERSEEN
from tests.browser.overseen import overseen
from tests.browser.serving import ROOT
from tests.browser.talking import call_a_person, house, take_next, write
from tests.browser.visiting import browsing
from tests.drawings import PDF, document, encoded

FOLDER = ROOT / "docs" / "images" / "desk"
_COLOURS = 128  # enough for flat pages, and a third of the size


async def draw(folder: Path) -> None:
    """Draw each page on each screen, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with browsing() as browser, desk_at(folder) as (desk, address, secret):
        for screen, device in SCREENS.items():
            for scheme in ("light", "dark"):
                how = {"color_scheme": scheme, "reduced_motion": "reduce"}
                async with sitting(browser, desk, address, device, **how) as sitter:
                    await sitter.open(PAGES["signin"])
                    await keep_picture(sitter, f"signin-{screen}-{scheme}")
                    await sitter.sign_in("boss", secret)
                    for name, path in PAGES.items():
                        if name != "signin":
                            await sitter.open(path)
                            await keep_picture(sitter, f"{name}-{screen}-{scheme}")
                    await sitter.open("/desk/staff")
                    await sitter.page.keyboard.press("?")
                    await keep_picture(sitter, f"keys-{screen}-{scheme}")


async def draw_talks(folder: Path) -> None:
    """Draw the pages of dialogs, with four people who wait."""
    async with (
        browsing() as browser,
        house(browser, folder) as here,
        here.citizen() as mother,
        here.citizen() as worker,
        here.citizen() as patient,
        here.citizen() as stranger,
    ):
        await mother.ask("родилась дочка")
        await mother.press("Подать заявление")
        await mother.press("Даю согласие")
        await call_a_person(mother)
        here.desk.clock.wait(minutes=4)
        await call_a_person(worker, "потерял полис", "вчера получил новый паспорт")
        here.desk.clock.wait(minutes=9)
        await call_a_person(patient, "мне отказали в приёме в поликлинике")
        await call_a_person(stranger, "how do I change my insurer?")
        await _draw_desk_of_talks(here)


async def _draw_desk_of_talks(here) -> None:
    async with here.representative("boris", reduced_motion="reduce") as boris:
        address = (await take_next(boris)).removeprefix(here.url)
        await write(boris, "Здравствуйте! Чем помочь с заявлением?")
        await boris.page.locator(".line.representative").wait_for()
        form = {"name": "form.png", "mimeType": "image/png", "buffer": encoded(document(), "PNG")}
        paper = {"name": "form.pdf", "mimeType": "application/pdf", "buffer": PDF}
        await boris.page.set_input_files("#file", [form, paper])
        await expect(boris.page.locator("#enclosed li")).to_have_count(2)
        paths = {"talks": "/desk/talks", "talk": address, "talk-hand": f"{address}/hand?form=loss"}
        await keep_pictures(boris, paths)


async def keep_pictures(sitter, paths):
    """Keep pages on each screen, light and dark."""
    for screen, device in SCREENS.items():
        await sitter.page.set_viewport_size(device["viewport"])
        for scheme in ("light", "dark"):
            await sitter.page.emulate_media(color_scheme=scheme)
            for name, path in paths.items():
                await sitter.open(path)
                await keep_picture(sitter, f"{name}-{screen}-{scheme}")


async def draw_overview(folder: Path) -> None:
    """Draw the pages of supervisors, whole."""
    async with browsing() as browser, overseen(folder) as (desk, address, secret):
        for scheme in ("light", "dark"):
            how = {"color_scheme": scheme, "reduced_motion": "reduce"}
            async with sitting(browser, desk, address, **how) as sitter:
                await sitter.sign_in("boss", secret)
                for name, path in OVERSEEN.items():
                    await sitter.open(path)
                    await keep_picture(sitter, f"{name}-office-{scheme}", full_page=True)


async def keep_picture(sitter, name, **how):
    """Keep what is on the screen, in few colours."""
    path = FOLDER / f"{name}.png"
    await sitter.page.screenshot(path=path, **how)
    Image.open(path).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def main() -> None:
    """Draw all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw_talks(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw_overview(Path(folder)))


if __name__ == "__main__":
    main()
