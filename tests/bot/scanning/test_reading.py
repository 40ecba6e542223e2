"""Photos of paper policies are read as phones make them; nothing else raises or takes long."""

import math
import random
import time
from datetime import date
from functools import cache
from io import BytesIO
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.scanning.patches import patches
from bot.scanning.reading import scan
from bot.scanning.scanner import Scanner
from dialogs.paper import PaperPolicy
from tests.bot.scanning.paper import LAYOUTS, layout_1, layout_2
from tests.bot.scanning.photos import page, photo

TODAY = date(2026, 11, 22)
WHO = ("9978940898005000", "ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1))
POLICY = PaperPolicy(*WHO, None)


@cache
def _printed(layout, module=7):
    return page(LAYOUTS[layout](*WHO), module, columns=8)


VIEWS = [
    {"angle": 0},
    {"angle": 4, "perspective": 0.1},
    {"angle": -12, "blur": 1.5},
    {"angle": 35, "perspective": -0.12, "quality": 60},
    {"angle": 80, "perspective": 0.12, "blur": 1.0},
    {"angle": 130, "quality": 50},
    {"angle": 180, "perspective": 0.1, "blur": 1.0, "quality": 60},
    {"angle": 250, "perspective": -0.1, "quality": 60},
]


def _name(view):
    return ", ".join(f"{name} {value}" for name, value in view.items())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("view", VIEWS, ids=_name)
def test_a_photo_is_read_however_the_phone_was_held(layout, view):
    assert scan(photo(_printed(layout), **view), TODAY) == POLICY


def test_small_modules_are_read():
    """Four pixels a module on paper, three and a half in the photo."""
    taken = photo(_printed("layout 2", 4), angle=7, perspective=0.05)
    assert scan(taken, TODAY) == POLICY


@pytest.mark.soak
def test_nineteen_of_twenty_photos_are_read():
    """Any angle, perspective up to 0.15, blur up to 1.5 pixels, JPEG from quality 50."""
    chance = random.Random(4)
    read = 0
    for number in range(200):
        view = {
            "angle": chance.uniform(0, 360),
            "perspective": chance.uniform(-0.15, 0.15),
            "blur": chance.choice((0, 1, 1.5)),
            "quality": chance.choice((50, 70, 85)),
        }
        layout = ("layout 1", "layout 2")[number % 2]
        taken = photo(_printed(layout, chance.choice((5, 6, 7))), **view)
        read += scan(taken, TODAY, 5.0) == POLICY
    assert read >= 190


OTHERS = [
    ("QRCode", "https://example.org/not-a-policy", "qr", 9),
    ("Code128", "9978940898005000", "linear", 6),
    ("EAN13", "4006381333931", "linear", 8),
    ("DataMatrix", "not a policy, only a matrix", "datamatrix", 14),
    ("PDF417", "a boarding pass", "pdf417", 7),
    ("CompactPDF417", b"\x02" + b"\xff" * 129, "pdf417", 7),
]


@pytest.mark.parametrize(("symbology", "content", "kind", "module"), OTHERS)
def test_a_code_of_another_kind_is_named(symbology, content, kind, module):
    taken = photo(page(content, module, symbology), angle=2, quality=85)
    assert scan(taken, TODAY) == kind


def test_a_page_without_a_code_is_told_from_one_with():
    assert scan(photo(page(None), angle=10), TODAY) == "nothing"


def test_the_time_is_bounded():
    """A clock that goes on by a second at each look leaves two looks and no more."""
    ticks = count()
    taken = photo(_printed("layout 2", 4), angle=9, blur=6)
    assert scan(taken, TODAY, patience=1.5, clock=lambda: float(next(ticks))) == "nothing"
    assert next(ticks) <= 3


def test_twelve_megapixels_take_three_seconds_at_most():
    """Even where nothing can be read and every look is tried."""
    taken = photo(_printed("layout 2", 4), angle=9, blur=6)
    began = time.process_time()
    assert scan(taken, TODAY) == "nothing"
    assert time.process_time() - began < 3


@pytest.mark.parametrize("angle", [0, 7, 21, 44, 66, 89])
def test_the_tilt_of_a_code_is_found_to_half_a_degree(angle):
    grey = Image.open(BytesIO(photo(_printed("layout 2"), angle=angle))).convert("L")
    tilts = [math.degrees(patch.tilt) for patch in patches(grey)]
    assert any(abs((tilt - angle + 90) % 180 - 90) < 0.5 for tilt in tilts[:2])


def _png(size, colour=255):
    file = BytesIO()
    Image.new("L", size, colour).save(file, "PNG")
    return file.getvalue()


WHOLE = photo(page(layout_1(*WHO), columns=8), size=(600, 800))
HOSTILE = {
    "nothing": b"",
    "text": b"not a picture",
    "a pdf": b"%PDF-1.7 ...",
    "half a jpeg": WHOLE[: len(WHOLE) // 2],
    "one pixel": _png((1, 1)),
    "a line": _png((20_000, 1)),
    "a narrow strip": _png((39, 4000)),
    "white": _png((2000, 2000)),
    "larger than any phone's": _png((9000, 6000)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_photo_of_a_code_is_none(content):
    assert scan(content, TODAY) == "nothing"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_a_spoilt_file_never_raises(at, noise):
    scan(WHOLE[:at] + noise + WHOLE[at + len(noise) :], TODAY, patience=0.1)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_a_code_with_garbage_in_it_never_raises(content):
    """And is never taken for a policy."""
    file = BytesIO()
    page(content, module=3).resize((1200, 1700)).save(file, "PNG")
    assert not isinstance(scan(file.getvalue(), TODAY, patience=0.3), PaperPolicy)


async def test_the_scanner_reads_beside_the_event_loop():
    assert await Scanner().scan(photo(page(layout_2(*WHO), columns=8)), TODAY) == POLICY
