"""Lists of recipients: read, matched with the people we know, kept as the audience of a notice."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, get_args

from bot.notices.list_cells import BY
from bot.notices.list_columns import Match
from bot.notices.list_file import Line, ListFile, Opening, open_list, read_list
from bot.notices.notices import Author, Notices
from dialogs.notices.content import Conditions, Listed
from dialogs.words import Words
from storage.db import Store
from storage.notice_lists import By, ListedRow
from storage.notices import Notice

Nobody: TypeAlias = Literal["unknown", "no_chat", "several", "duplicate"]
NOBODY: Final[tuple[Nobody, ...]] = get_args(Nobody)
"""Why a row that can be read names nobody: the register has no such person; they have never
written to us; several people have that phone; an earlier row names the same person.
"""

_AT_ONCE: Final = 5000  # keys of one look


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file came to: its columns by letter, and how many rows name somebody."""

    columns: Mapping[str, By]
    people: int
    rows: int


class Lists:
    """Takes lists for notices, one at a time: a large one is a second of work."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices
        self._turn = asyncio.Semaphore(1)

    async def open(self, content: bytes) -> Opening:
        """Look at how a file begins; raises `UnfitList`. Nothing of it is kept."""
        async with self._turn:
            return await asyncio.to_thread(open_list, content, self._languages)

    async def take(
        self,
        one: Notice,
        content: bytes,
        revision: int,
        regions: Sequence[str],
        by: Author,
        match: Match | None = None,
    ) -> Taken:
        """Let a notice go to the people of a list; raises `UnfitList` and `Refused`.

        Columns are those of the ``match`` that somebody has made, else of the first row's names.
        Of these people only those known to live in the ``regions``, if any are named. The notice
        loses nothing: its text stays as it was whatever is wrong with the file.
        """
        async with self._turn:
            file = await asyncio.to_thread(read_list, content, self._languages, match)
            rows = _without_repeats(await self._matched(file))
        audience = Listed(tuple(regions))
        written = replace(one.content, audience=audience)
        await self._notices.edit(one.id, written, revision, by, rows)
        return Taken(file.columns, sum(row.person is not None for row in rows), len(rows))

    async def drop(self, one: Notice, revision: int, regions: Sequence[str], by: Author) -> None:
        """Go back to conditions: the list is forgotten."""
        written = replace(one.content, audience=Conditions(regions=tuple(regions)))
        await self._notices.edit(one.id, written, revision, by, ())

    @property
    def _languages(self) -> tuple[Words, ...]:
        return tuple(self._notices.planning.words.values())

    async def _matched(self, file: ListFile) -> list[ListedRow]:
        keys: defaultdict[By, dict[str, None]] = defaultdict(dict)
        for line in file.lines:
            if line.key:
                keys[line.by][line.key] = None
        found = {by: await self._found(by, list(keys[by])) for by in BY}
        return [_row(line, found[line.by]) for line in file.lines]

    async def _found(self, by: By, keys: Sequence[str]) -> dict[str, set[int | None]]:
        found: dict[str, set[int | None]] = {}
        for start in range(0, len(keys), _AT_ONCE):
            async with self._store.look() as look:
                found |= await look.find_listed(by, keys[start : start + _AT_ONCE])
        return found


def _row(line: Line, found: Mapping[str, set[int | None]]) -> ListedRow:
    if line.fault:
        return ListedRow(line.row, line.column, line.fault)
    persons = found.get(line.key, set())
    reached = persons - {None}
    if len(reached) == 1:
        return ListedRow(line.row, line.column, person=reached.pop())
    fault: Nobody = "several" if reached else "no_chat" if persons else "unknown"
    return ListedRow(line.row, line.column, fault)


def _without_repeats(rows: Sequence[ListedRow]) -> list[ListedRow]:
    seen: set[int] = set()
    kept = []
    for row in rows:
        if row.person is not None and row.person in seen:
            kept.append(ListedRow(row.row, row.column, "duplicate"))
            continue
        if row.person is not None:
            seen.add(row.person)
        kept.append(row)
    return kept
