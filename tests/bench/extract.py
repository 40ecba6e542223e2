"""Extracts and photos of paper policies: how long one takes, and what stays in memory."""

from datetime import date
from statistics import median
from time import process_time

import psutil

from bot.extract.checking import is_readable
from bot.scanning.reading import scan
from tests.bench.table import Goal, Row, show
from tests.bot.extract.drawn import NOW, NUMBER, organisation
from tests.bot.scanning.paper import layout_2
from tests.bot.scanning.photos import page, photo
from tests.people import people
from tests.worlds import knowledge

_EXTRACTS = 400
_TODAY = date(2026, 11, 22)
_WHO = ("9978940898005000", "ИВАНОВА", "АННА", "ПЕТРОВНА", "female", date(1950, 1, 1))


def extract() -> None:
    """Measure, and print."""
    _issuing()
    _scanning()


def _issuing() -> None:
    from bot.extract.drawing import draw  # noqa: PLC0415 — not for whom measures other parts
    from bot.extract.sheet import sheet  # noqa: PLC0415

    spent, sizes, early = [], [], 0
    words, insurer, process = knowledge().words["ru"], organisation(), psutil.Process()
    for place, insured in enumerate(people(_EXTRACTS, seed=40)):
        began = process_time()
        said = sheet(insured, insurer, words, NUMBER, NOW, "https://polis.example.org")
        drawn = draw(said, NOW)
        assert is_readable(drawn.png, said.payload, said.symbology)
        spent.append((process_time() - began) * 1e3)
        sizes.append(len(drawn.png) / 1024)
        if place == _EXTRACTS // 4:
            early = process.memory_info().rss
    grown = process.memory_info().rss / early
    show(
        "Extracts: drawn as PDF and PNG, and read back (time of all cores together)",
        ["", "ms slowest"],
        ["ms p50", "PNG KiB p50", "memory, end / quarter"],
        [
            Row(
                f"{_EXTRACTS} people",
                [f"{max(spent):.0f}"],
                [
                    Goal(median(spent), 60.0, form=".1f"),
                    Goal(median(sizes), 150.0, form=".0f"),
                    Goal(grown, 1.1),
                ],
            )
        ],
    )


def _scanning() -> None:
    sheet = page(layout_2(*_WHO), columns=8)
    easy = [photo(sheet, angle=angle, perspective=0.1) for angle in (0, 12, 35, 80, 200)]
    hopeless = [photo(sheet, angle=angle, blur=12) for angle in (0, 12)]
    rows = []
    for name, photos in (("read", easy), ("nothing to be read", hopeless)):
        spent = []
        for taken in photos:
            began = process_time()
            assert (scan(taken, _TODAY) == "nothing") == (photos is hopeless)
            spent.append(process_time() - began)
        rows.append(Row(name, [f"{median(spent):.2f}"], [Goal(max(spent), 3.0)]))
    show("Photos of paper policies, 12 megapixels", ["", "s p50"], ["s slowest"], rows)
