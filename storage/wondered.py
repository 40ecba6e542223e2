"""What people asked in vain, and whether answers helped: for the editors."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from dialogs.effects import Rated, Wondered
from storage.schema import rated, wondered


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
        }
        for language, one in questions
    ]
    if rows:
        connection.execute(insert(wondered), rows)


def rate(connection: Connection, ratings: Iterable[Rated], now: datetime) -> None:
    """Keep what people said of answers."""
    rows = [{"at": now, "topic": one.topic, "helpful": one.helpful} for one in ratings]
    if rows:
        connection.execute(insert(rated), rows)
