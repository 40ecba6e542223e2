"""Applications that people have filed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert

from dialogs.json import Json
from storage.schema import application


@dataclass(frozen=True, slots=True)
class Filing:
    """An application as it was filed: ``number`` is its receipt, unique for ever."""

    chat_id: int
    number: str
    form: str
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    at: datetime


def file(connection: Connection, filings: Iterable[Filing]) -> None:
    """Write applications down."""
    rows = [
        {
            "chat_id": one.chat_id,
            "number": one.number,
            "form": one.form,
            "version": one.version,
            "answers": dict(one.answers),
            "filed_at": one.at,
        }
        for one in filings
    ]
    if rows:
        connection.execute(insert(application), rows)
