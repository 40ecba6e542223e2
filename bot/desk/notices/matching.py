"""The columns of a list as the page shows them: what we take each for, and what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from multidict import MultiMapping

from bot.desk.masking import masked_cell
from bot.notices.list_cells import BY, letter_of
from bot.notices.list_columns import Match
from bot.notices.list_file import MOST_COLUMNS, Opening
from storage.notice_lists import By

_LONGEST: Final = 40  # characters of a cell that are shown


@dataclass(frozen=True, slots=True)
class Column:
    """A column, counted from 0, by its letter: what people are found by in it, if by anything."""

    place: int
    letter: str
    by: By | None


@dataclass(frozen=True, slots=True)
class Shown:
    """How a file begins, its cells masked, and the match that its page offers."""

    columns: Sequence[Column]
    rows: Mapping[int, Sequence[str]] = field(repr=False)
    has_header: bool
    is_sure: bool


def shown(opening: Opening, chosen: Match | None = None) -> Shown:
    """Show how a file begins; ``chosen`` is what somebody has chosen already.

    Only the names of columns are shown as they are, and only where we are sure that they are names.
    """
    match = chosen or opening.guess.match
    names = next(iter(opening.rows)) if opening.guess.match.has_header else None
    rows = {
        number: [_shown(row, place, is_plain=number == names) for place in opening.places]
        for number, row in opening.rows.items()
    }
    columns = [Column(at, letter_of(at), match.columns.get(at)) for at in opening.places]
    return Shown(columns, rows, match.has_header, opening.guess.is_sure and chosen is None)


def chosen_match(form: MultiMapping[str]) -> Match | None:
    """Read what somebody has chosen for each column; None when they were not shown any."""
    if not form.get("matched"):
        return None
    asked = {place: form.get(f"column.{place}", "") for place in range(MOST_COLUMNS)}
    chosen = {place: by for place, said in asked.items() for by in BY if by == said}
    return Match(chosen, has_header=bool(form.get("header")))


def _shown(row: Sequence[str], place: int, *, is_plain: bool) -> str:
    text = row[place] if place < len(row) else ""
    cut = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return cut if is_plain else masked_cell(cut)
