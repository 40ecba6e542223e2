"""The tables of talks: for whom a person was asked, who led, and what was noted beside it."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from storage.columns import Id, Instant, Words
from storage.schema import metadata

OPEN = text("closed_at IS NULL")
"""What the indexes of talks under way hold: a few hundred among all that ever were."""

QUEUED = text("state = 'queued'")
PARKED = text("state = 'parked'")
TIMED = text("due_at IS NOT NULL")
CLAIMED = text("claimed_at IS NOT NULL")
BEGUN = text("begun_at IS NOT NULL")
CLOSED = text("closed_at IS NOT NULL")

talk = Table(
    "talk",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("representative", Text, nullable=False),
    Column("representative_name", Words, nullable=False),
    Column("topic", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("preview", Words, nullable=False),
    Column("since", Instant, nullable=False),
    Column("breach_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("asked_seq", Integer, nullable=False),
    Column("heard_seq", Integer, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("returned", Boolean, nullable=False),
    Column("claimed_at", Instant),
    Column("begun_at", Instant),
    Column("closed_at", Instant),
    Column("outcome", Text, nullable=False),
    Column("rating", Integer),
    Index("talk_open", "chat_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    Index("talk_of_chat", "chat_id", "id"),
    Index("talk_queued", "breach_at", "id", sqlite_where=QUEUED, postgresql_where=QUEUED),
    Index(
        "talk_mine",
        "representative",
        "breach_at",
        "id",
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    ),
    Index("talk_parked", "due_at", "id", sqlite_where=PARKED, postgresql_where=PARKED),
    Index("talk_due", "due_at", "id", sqlite_where=TIMED, postgresql_where=TIMED),
    Index("talk_claimed", "claimed_at", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
    Index("talk_begun", "begun_at", sqlite_where=BEGUN, postgresql_where=BEGUN),
    Index("talk_since", "since"),
    Index("talk_closed", "closed_at", "id", sqlite_where=CLOSED, postgresql_where=CLOSED),
)

talk_move = Table(
    "talk_move",
    metadata,
    Column("talk_id", Id, ForeignKey("talk.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("key", Text, nullable=False),
    PrimaryKeyConstraint("talk_id", "place"),
)

callback = Table(
    "callback",
    metadata,
    Column("talk_id", Id, ForeignKey("talk.id"), primary_key=True, autoincrement=False),
    Column("phone", Words, nullable=False),
    Column("preferred", Words, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("key", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Index("note_of_chat", "chat_id", "at", "key"),
    Index("note_at", "at"),
)

label = Table(
    "label",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("login", Text, nullable=False),
    PrimaryKeyConstraint("chat_id", "name"),
    Index("label_name", "name", "chat_id"),
)

composed = Table(
    "composed",
    metadata,
    Column("login", Text, nullable=False),
    Column("talk_id", Id, ForeignKey("talk.id"), nullable=False),
    Column("mode", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("login", "talk_id", "mode"),
    Index("composed_of_talk", "talk_id"),
)

enclosed = Table(
    "enclosed",
    metadata,
    Column("login", Text, nullable=False),
    Column("talk_id", Id, ForeignKey("talk.id"), nullable=False),
    Column("file_id", Text, ForeignKey("file.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("login", "talk_id", "file_id"),
    Index("enclosed_of_talk", "talk_id"),
    Index("enclosed_file", "file_id"),
)

canned = Table(
    "canned",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("canned_of_owner", "owner", "title", "id"),
)
