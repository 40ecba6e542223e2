"""Measure everything and print it; arguments choose parts: any of `PARTS`."""

import asyncio
import sys
from collections.abc import Callable

from tests.bench.desk import desk
from tests.bench.extract import extract
from tests.bench.matching import matching
from tests.bench.notices import notices
from tests.bench.reminding import reminding
from tests.bench.serving import serving
from tests.bench.starting import starting
from tests.bench.telegraphing import telegraphing

PARTS: dict[str, Callable[[], object]] = {
    "starting": lambda: asyncio.run(starting()),
    "matching": matching,
    "extract": extract,
    "reminding": lambda: asyncio.run(reminding()),
    "desk": lambda: asyncio.run(desk()),
    "serving": lambda: asyncio.run(serving()),
    "telegraphing": lambda: asyncio.run(telegraphing()),
    "notices": lambda: asyncio.run(notices()),
}


def main(names: list[str]) -> None:
    """Run the parts that are named, or all of them."""
    print("Goals in brackets; only ratios within one run mean anything, see docs/performance.md.")  # noqa: T201
    for name in names or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
