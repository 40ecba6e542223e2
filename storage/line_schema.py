"""The tables of messengers at work: who sends for a bot, and what they tell of messages."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, Text

from storage.columns import Instant, Words
from storage.schema import metadata

line = Table(
    "line",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("leased_until", Instant, nullable=False),
    Column("held_until", Instant, nullable=False),
    Column("reason", Words, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("channel", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("failure", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("channel", "name"),
    Index("receipt_at", "at"),
    sqlite_with_rowid=False,
)
