"""Pictures of every page of the desk's frame: `python -m tests.browser.desk_pictures`."""

import asyncio
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser.desk import PAGES, SCREENS, desk_at, sitting
from tests.browser.serving import ROOT
from tests.browser.visiting import browsing

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
                    await _keep(sitter, f"signin-{screen}-{scheme}")
                    await sitter.sign_in("boss", secret)
                    for name, path in PAGES.items():
                        if name != "signin":
                            await sitter.open(path)
                            await _keep(sitter, f"{name}-{screen}-{scheme}")
                    await sitter.open("/desk/staff")
                    await sitter.page.keyboard.press("?")
                    await _keep(sitter, f"keys-{screen}-{scheme}")


async def _keep(sitter, name):
    path = FOLDER / f"{name}.png"
    await sitter.page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def main() -> None:
    """Draw all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))


if __name__ == "__main__":
    main()
