"""What has been received: every event is admitted once."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection

from storage.columns import storable
from storage.schema import inbox
from storage.statements import insert_absent, pages

Key: TypeAlias = tuple[str, str]
"""A channel and the event's unique key within it."""


def admit(connection: Connection, keys: Iterable[Key], now: datetime) -> set[Key]:
    """Write keys down and return those that were not there.

    Of two transactions with one key the second waits for the first to end.
    """
    stored = {(channel, storable(key)): (channel, key) for channel, key in keys}
    statement = insert_absent(connection, inbox).returning(inbox.c.channel, inbox.c.key)
    admitted: set[Key] = set()
    # In order, so that two processes with the same keys cannot wait for each other.
    for page in pages(sorted(stored)):
        rows = [{"channel": channel, "key": key, "received_at": now} for channel, key in page]
        admitted.update(
            stored[channel, key] for channel, key in connection.execute(statement, rows)
        )
    return admitted
