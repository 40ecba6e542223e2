"""Consents to the processing of personal data: who agreed, when, and to which text."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from storage.schema import consent
from storage.statements import insert_absent


def consent_to(connection: Connection, given: Iterable[tuple[int, str]], now: datetime) -> None:
    """Record consents, each with its chat and the version of the text agreed to."""
    rows = [{"chat_id": chat_id, "version": version, "at": now} for chat_id, version in given]
    if rows:
        connection.execute(insert_absent(connection, consent), rows)
