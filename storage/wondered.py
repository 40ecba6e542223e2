"""What people asked in vain, and what editors made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, insert, select, update

from dialogs.effects import Wondered
from storage.schema import wondered
from storage.statements import pages

Sorted: TypeAlias = Literal["new", "task", "noise"]
"""What an editor says of a question: nothing yet; something is to be written; nothing is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was asked in vain; ``guesses`` are topics, the likeliest first."""

    id: int
    at: datetime
    language: str
    text: str = field(repr=False)
    guesses: tuple[str, ...]
    outcome: str
    sorted_as: Sorted


_NEWEST = (
    select(
        wondered.c.id,
        wondered.c.at,
        wondered.c.language,
        wondered.c.text,
        wondered.c.guesses,
        wondered.c.outcome,
        wondered.c.sorted_as,
    )
    .order_by(wondered.c.id.desc())
    .limit(bindparam("limit"))
)
_SORT = (
    update(wondered)
    .where(wondered.c.id.in_(bindparam("these", expanding=True)))
    .values(sorted_as=bindparam("made"))
)


def wonder(
    connection: Connection, questions: Iterable[tuple[str, Wondered]], now: datetime
) -> None:
    """Keep questions, each with the language of its conversation."""
    rows = [
        {
            "at": now,
            "language": language,
            "text": one.text,
            "guesses": list(one.guesses),
            "outcome": one.outcome,
            "sorted_as": "new",
        }
        for language, one in questions
    ]
    if rows:
        connection.execute(insert(wondered), rows)


def newest(connection: Connection, limit: int) -> list[Question]:
    """Read the newest questions, the newest first."""
    return [
        Question(number, at, language, text, tuple(guesses), outcome, made)
        for number, at, language, text, guesses, outcome, made in connection.execute(
            _NEWEST, {"limit": limit}
        )
    ]


def sort(connection: Connection, ids: Sequence[int], made: Sorted) -> None:
    """Write down what an editor says of questions."""
    for page in pages(ids):
        connection.execute(_SORT, {"these": page, "made": made})
