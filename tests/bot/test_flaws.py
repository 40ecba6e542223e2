"""A photo is called dark or blurred when a person could hardly read it, and not before.

Radii and shakes are in pixels of a sheet 2000 wide whose letters are 24 high, unless said
otherwise: at 1.3 an eye sees the softness, at 2.7 it gives up.
"""

import pytest
from PIL import Image, ImageDraw

from bot.flaws import flaws
from tests.drawings import blurred, dimmed, document, encoded, grainy, opened, shaken


def photographed(picture, noise=3):
    """See it as a phone sends it."""
    return opened(encoded(grainy(picture, noise), quality=80))


@pytest.fixture(scope="module")
def sheet():
    return document()


@pytest.mark.parametrize(
    ("radius", "expected"),
    [(0, ()), (0.7, ()), (1.3, ()), (2.7, ("blurred",)), (4, ("blurred",)), (13, ("blurred",))],
)
def test_blur_is_noticed_when_letters_melt(sheet, radius, expected):
    assert flaws(photographed(blurred(sheet, radius))) == expected


@pytest.mark.parametrize("size", [(800, 600), (1200, 1600), (3264, 2448)])
@pytest.mark.parametrize(("share", "expected"), [(0, ()), (0.2, ("blurred",))])
def test_blur_is_noticed_at_any_size(size, share, expected):
    """The blur is a share of the height of letters."""
    letters = size[0] // 50
    picture = blurred(document(size, letters), share * letters)
    assert flaws(photographed(picture)) == expected


@pytest.mark.parametrize("letters", [10, 16, 24, 50, 100])
def test_a_sharp_sheet_is_sharp_whatever_the_size_of_its_letters(letters):
    assert flaws(photographed(document(letters=letters))) == ()


@pytest.mark.parametrize(
    ("pixels", "expected"), [(2, ()), (4, ()), (12, ("blurred",)), (20, ("blurred",))]
)
def test_a_shaken_hand_is_noticed(sheet, pixels, expected):
    assert flaws(photographed(shaken(sheet, pixels))) == expected


@pytest.mark.parametrize("noise", [5, 10, 15])
@pytest.mark.parametrize(("radius", "expected"), [(0, ()), (4, ("blurred",))])
def test_noise_is_taken_neither_for_blur_nor_for_sharpness(sheet, noise, radius, expected):
    assert flaws(photographed(blurred(sheet, radius), noise)) == expected


@pytest.mark.parametrize(
    ("light", "expected"), [(1, ()), (0.7, ()), (0.55, ()), (0.35, ("dark",)), (0.2, ("dark",))]
)
def test_a_photo_without_light_is_dark_but_not_blurred(sheet, light, expected):
    assert flaws(photographed(dimmed(sheet, light))) == expected


def test_a_photo_may_have_both_flaws(sheet):
    assert flaws(photographed(dimmed(blurred(sheet, 8), 0.3))) == ("dark", "blurred")


@pytest.mark.parametrize(
    "picture",
    [document(paper=200, ink=140, table=150), document(lines=3), document(paper=120, ink=30)],
    ids=["pale", "few lines", "grey paper"],
)
def test_a_legible_sheet_of_another_look_has_no_flaw(picture):
    assert flaws(photographed(picture)) == ()


def test_a_screenshot_on_black_is_not_dark():
    picture = Image.new("RGB", (1080, 2340), (18, 18, 18))
    draw = ImageDraw.Draw(picture)
    for top in range(100, 1900, 60):
        draw.text((60, top), "Settings and privacy " * 2, fill=(240, 240, 240), font_size=36)
    assert flaws(picture) == ()


@pytest.mark.parametrize("colour", ["white", "grey"])
def test_a_photo_of_nothing_is_blurred(colour):
    assert flaws(photographed(Image.new("RGB", (2000, 1500), colour))) == ("blurred",)


@pytest.mark.parametrize("size", [(1, 1), (7, 2000), (200, 150)])
def test_too_little_to_measure_is_let_through(size):
    assert flaws(Image.new("RGB", size, "white")) == ()


@pytest.mark.parametrize("mode", ["L", "RGB", "1", "CMYK"])
def test_colours_do_not_matter(sheet, mode):
    assert flaws(sheet.convert(mode)) == ()
