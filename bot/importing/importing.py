"""`python -m bot import-insured FILE`: check all of a file, and only then take it in."""

import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from bot.importing.people import Fault, Reader
from bot.importing.reading import BadFile, lines, opened
from bot.importing.repeats import Repeats
from dialogs.insured import Insured
from dialogs.words import Words
from storage.db import Store

MOST_FAULTS: Final = 100
"""How many faults are listed; the rest are counted."""

_AT_ONCE: Final = 1000  # people a transaction, so that no conversation waits long
_EVERY: Final = 5000  # rows between two looks of the progress bar


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to; with faults nothing was taken in."""

    rows: int
    new: int = 0
    changed: int = 0
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0


class Bar:
    """Shows how far a file was read, on a terminal only."""

    def __init__(self, file: Path, out: TextIO) -> None:
        self._size = max(file.stat().st_size, 1)
        self._out = out if out.isatty() else None

    def show(self, doing: str, text: TextIO, row: int) -> None:
        """Show it now and then."""
        if self._out and row % _EVERY == 0:
            part = min(text.buffer.tell() / self._size, 1.0)
            self._out.write(f"\r{doing} [{'#' * int(part * 30):<30}] {part:4.0%} {row:>10,}")
            self._out.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._out:
            self._out.write("\n")


async def import_insured(
    file: Path, store: Store, languages: Sequence[Words], now: datetime
) -> Imported:
    """Import a file; raises `BadFile`.

    A faulty file changes nothing. People of a sound one gather by the thousand in a table of
    their own, so that conversations go on; whoever is in the register just so leaves it
    again. Then all that is new or changed moves into the register in one transaction: an
    import that breaks off anywhere before has changed nothing.
    """
    reader, bar = Reader(languages, now.date(), now), Bar(file, sys.stderr)
    checked = _check(file, reader, languages, bar)
    if checked.fault_count:
        return checked
    batch = secrets.token_hex(8)
    async with store.work() as work:
        await work.begin_import(batch)
    left = gathered = 0
    with opened(file) as text:
        people = _people(text, file, reader, languages, bar)
        while some := list(islice(people, _AT_ONCE)):
            async with store.work() as work:
                await work.gather_insured(batch, gathered + 1, some)
                same = await work.settle_insured(batch, gathered, gathered + len(some))
            gathered, left = gathered + len(some), left + len(some) - same
    bar.end()
    async with store.work() as work:
        moved = await work.move_insured(batch, left) if gathered == checked.rows else None
        if moved is None:
            await work.drop_import(batch)
    if moved is None:
        raise BadFile("the file has changed, or another import has begun: nothing was imported")
    new, changed = moved
    return Imported(checked.rows, new, changed)


def _check(file: Path, reader: Reader, languages: Sequence[Words], bar: Bar) -> Imported:
    kept: list[Fault] = []
    rows = count = 0
    with opened(file) as text, Repeats() as repeats:
        for line in lines(text, file.name, languages):
            rows += 1
            bar.show("checking ", text, rows)
            faults: list[Fault] = []
            person = reader.person(line, faults)
            if person:
                repeats.add(person.enp, line.number)
            count += len(faults)
            kept += faults[: MOST_FAULTS - len(kept)]
        for row, earlier in repeats.found():
            count += 1
            if len(kept) < MOST_FAULTS:
                kept.append(Fault(row, "enp", f"stands in row {earlier} too"))
    bar.end()
    return Imported(rows, faults=tuple(sorted(kept)), fault_count=count)


def _people(
    text: TextIO, file: Path, reader: Reader, languages: Sequence[Words], bar: Bar
) -> Iterator[Insured]:
    for row, line in enumerate(lines(text, file.name, languages), 1):
        bar.show("importing", text, row)
        person = reader.person(line, [])
        if person:
            yield person
