"""The tables of windows: pages of the web chat opened onto a conversation of a messenger."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.columns import Id, Instant
from storage.schema import metadata

window_link = Table(
    "window_link",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("used_at", Instant),
    Index("window_link_chat_id", "chat_id", "at"),
    Index("window_link_until", "until"),
)

window = Table(
    "window",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Index("window_until", "until"),
)
