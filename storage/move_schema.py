"""The table of codes by which unfinished applications move between chats of one person."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from storage.columns import Id, Instant
from storage.schema import metadata

move_code = Table(
    "move_code",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("draft", Integer, nullable=False),
    Column("until", Instant, nullable=False),
    Index("move_code_digest", "digest"),
    Index("move_code_until", "until"),
)
