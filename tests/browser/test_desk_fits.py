"""Pages of the desk's work on each screen, in both languages, light and dark, and by their keys."""

import pytest

from tests.browser.desk import SCREENS
from tests.browser.talking import call_a_person, house, take_next
from tests.browser.test_decisions import NUMBER, file
from tests.browser.test_desk import CONTRASTS, NAMELESS, SMALL
from tests.drawings import PDF, document, encoded

OVER = "document.documentElement.scrollWidth - innerWidth"
LISTED = '[...document.querySelectorAll("dialog[open] .keys dt")].map((each) => each.innerText)'
# A key leads to one thing, and one that begins another is none by itself.
CONFUSED = """() => {
  const keys = [...document.querySelectorAll("[data-key]")]
    .filter((each) => each.checkVisibility()).map((each) => each.dataset.key);
  return keys.filter((key, at) => keys.indexOf(key) !== at
    || keys.some((other) => other.startsWith(`${key} `)));
}"""
FILES = [
    {"name": "form.png", "mimeType": "image/png", "buffer": encoded(document((600, 400)), "PNG")},
    {"name": "form.pdf", "mimeType": "application/pdf", "buffer": PDF},
]


@pytest.mark.parametrize("screen", SCREENS)
async def test_pages_of_the_work_fit_stand_out_and_tell_their_keys(browser, tmp_path, screen):
    async with (
        house(browser, tmp_path) as here,
        here.citizen() as mother,
        here.citizen() as worker,
        here.representative("olga", SCREENS[screen], reduced_motion="reduce") as olga,
    ):
        await file(here, mother)
        await call_a_person(worker, "потерял полис")
        talk = (await take_next(olga)).removeprefix(here.url)
        await olga.page.set_input_files("#file", FILES)
        await olga.page.locator("#enclosed li").nth(1).wait_for()
        pages = [
            "/desk/talks",
            "/desk/talks?view=all",
            talk,
            f"{talk}/hand?form=loss",
            "/desk/applications",
            f"/desk/applications/{NUMBER}",
            "/desk/search",
            "/desk/search/texts",
            "/desk/replies",
            "/desk/questions",
            "/desk/faults",
            "/desk/now",
            "/desk/statistics",
            "/desk/notices",
        ]
        for language in ("ru", "en"):
            await olga.open(f"/desk?lang={language}")
            for path in pages:
                await olga.open(path)
                for scheme in ("light", "dark"):
                    await olga.page.emulate_media(color_scheme=scheme)
                    here_now = f"{language} {scheme} {path}"
                    assert await olga.page.evaluate(OVER) <= 0, here_now
                    assert await olga.page.evaluate(CONTRASTS) == [], here_now
                    assert await olga.page.evaluate(NAMELESS) == [], here_now
                    assert await olga.page.evaluate(SMALL) == [], here_now
                assert await olga.page.evaluate(CONFUSED) == [], path
                await olga.page.evaluate("document.activeElement.blur()")
                await olga.page.keyboard.press("?")
                assert len(await olga.page.evaluate(LISTED)) > 10, path
                await olga.page.keyboard.press("Escape")
