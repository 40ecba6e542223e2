"""The table of what has arrived and waits for its files, or behind what does."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text

from storage.columns import Id, Instant, Words
from storage.schema import metadata

arrival = Table(
    "arrival",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("album", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("arrival_of_chat", "channel", "address", "id"),
    Index("arrival_due", "due_at", "id"),
)
