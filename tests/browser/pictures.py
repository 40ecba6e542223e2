"""Pictures of the page for the README: `python -m tests.browser.pictures`."""

import asyncio
import tempfile
from pathlib import Path

from tests.browser.serving import ROOT, Server
from tests.browser.visiting import DESKTOP, PHONE, browsing, visiting

FOLDER = ROOT / "docs" / "images"
TALK = ("потеряла полис что делать", "что взять с собой в поликлинику")


async def draw(address):
    """Hold the same talk on a phone and on a desktop, and take a picture of each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with browsing() as browser:
        for name, device in (("phone", PHONE), ("desktop", DESKTOP)):
            async with visiting(browser, address, device, reduced_motion="reduce") as visitor:
                for text in TALK:
                    await visitor.ask(text)
                await visitor.page.screenshot(path=FOLDER / f"chat-{name}.png")


def main():
    """Draw all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            asyncio.run(draw(server.address))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
