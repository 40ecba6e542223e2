"""Pictures of search, a person, questions and faults: `python -m tests.browser.people_pictures`."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.channels.base import Letter
from dialogs.effects import Wondered
from dialogs.incoming import Said
from storage.extracts import KeptExtract
from storage.parked import Parking
from tests.browser.desk import SCREENS
from tests.browser.desk_pictures import keep_picture, keep_pictures
from tests.browser.talking import house
from tests.browser.visiting import browsing
from tests.people import enp, person

QUESTIONS = (
    "можно ли оформить полис на собаку",
    "собаке полис оформить",
    "полис на собак",
    "какая завтра погода в Казани",
)
PAGES = {"person": "/desk/people/1", "questions": "/desk/questions", "faults": "/desk/faults"}


async def furnish(desk):
    """Let there be namesakes, one of them in a chat with an extract, questions and faults."""
    now, born_on = desk.clock(), person().born_on
    letter = Letter("web", "mother", "mother:1", Said("позовите человека"), now)
    await desk.assistant.turns.take(letter)
    namesakes = [
        person(id=0, given=given, enp=enp(born_on, "male", serial))
        for serial, given in enumerate(("Пётр", "Иван", "Пётр"), 20)
    ]
    async with desk.store.work() as work:
        await work.keep_insured(namesakes)
        await work.link([(1, 1, "self")], now)
        kept = KeptExtract("K7QM-2XTB-9HRD-4W3F", 1, now, "digest", b"sealed")
        await work.keep_extract(kept, "web", "mother", timedelta())
        await work.wonder([("ru", Wondered(text)) for text in QUESTIONS], now)
        events = ({"event": "said", "text": "x"}, {"event": "claim_checked"})
        await work.park([Parking(1, "web", "k", event, "KeyError") for event in events], now)


async def search(sitter, line):
    """Look for something with the keys."""
    await sitter.open("/desk/search")
    await sitter.page.fill("#line", line)
    await sitter.page.keyboard.press("Enter")
    await sitter.page.wait_for_selector("tr[data-href]")


async def seek(sitter, words):
    """Look for words in messages with the keys."""
    await sitter.open("/desk/search/texts")
    await sitter.page.fill("#words", words)
    await sitter.page.keyboard.press("Enter")
    await sitter.page.wait_for_selector(".mentions mark")


async def draw(folder: Path) -> None:
    """Draw each page, light and dark."""
    async with browsing() as browser, house(browser, folder) as here:
        await furnish(here.desk)
        async with here.representative("olga", reduced_motion="reduce") as sitter:
            await sitter.open("/desk")
            await keep_pictures(sitter, PAGES)
            for screen, device in SCREENS.items():
                await sitter.page.set_viewport_size(device["viewport"])
                for scheme in ("light", "dark"):
                    await sitter.page.emulate_media(color_scheme=scheme)
                    await search(sitter, "Соколов")
                    await keep_picture(sitter, f"search-{screen}-{scheme}")
                    await seek(sitter, "человеку")
                    await keep_picture(sitter, f"texts-{screen}-{scheme}")


def main() -> None:
    """Draw all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


if __name__ == "__main__":
    main()
