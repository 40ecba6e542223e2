"""What people asked in vain: for the editors."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from dialogs.effects import Wondered
from storage.schema import wondered


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
