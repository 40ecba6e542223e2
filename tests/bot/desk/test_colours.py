"""The colours that chat and desk share stand out from one another as accessible pages must."""

import re

import pytest

from bot.channels.web.page import FOLDER

_TEXT, _EDGE = 4.5, 3.0  # WCAG 2.2 AA, 1.4.3 and 1.4.11

GROUNDS = ("surface", "ground", "theirs", "soft", "softer")
ON_TEXTS = [
    *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in GROUNDS),
    ("mine-ink", "mine"),
    ("mine-quiet", "mine"),
    ("alert", "surface"),
    ("alert", "alert-soft"),
    ("good", "surface"),
    ("good", "good-soft"),
    ("notice-ink", "notice"),
]
ON_EDGES = [("edge", "surface"), ("edge", "ground"), ("accent", "surface"), ("accent", "ground")]


def _colours(scheme):
    text = (FOLDER / "static" / "tokens.css").read_text("utf-8")
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light))
    return found | (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", dark)) if scheme == "dark" else {}
    )


def _light(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(p * weight for p, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _contrast(one, other):
    lower, upper = sorted((_light(one), _light(other)))
    return (upper + 0.05) / (lower + 0.05)


def test_black_on_white_has_the_contrast_that_the_guidelines_say():
    assert _contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_edges_stand_out(scheme):
    colours = _colours(scheme)
    faint = [
        (one, other, round(_contrast(colours[one], colours[other]), 2))
        for pairs, least in ((ON_TEXTS, _TEXT), (ON_EDGES, _EDGE))
        for one, other in pairs
        if _contrast(colours[one], colours[other]) < least
    ]
    assert faint == []
