"""The tables: one schema for SQLite and PostgreSQL."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Compact, Id, Instant, Words

PENDING = text("state = 'pending'")
"""What the partial indexes of the outbox hold; spelt out, for a parameter would hide it."""

SENT = text("state = 'sent' AND foreign_id IS NOT NULL")
"""What the index of delivered messages holds: those that their messenger has a name for."""

FAILED = text("state = 'failed'")
"""What the index of failed messages holds."""

LOOSE = text("loose_since IS NOT NULL")
"""What the index of files without a place holds: few of them, and never for long."""

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
    }
)

chat = Table(
    "chat",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address", Words, nullable=False),
    Column("language", Text, nullable=False),
    Column("session", Compact),
    Column("owner", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("applications", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("gone_at", Instant),
    Column("heard_at", Instant),
    Column("phone", Words),
    Column("window_at", Instant),
    Column("left_at", Instant),
    Column("notice_id", Integer),
    Column("notice_seq", Integer),
    UniqueConstraint("channel", "address"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", Text, nullable=False),
    Column("key", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    PrimaryKeyConstraint("channel", "key"),
    Index("inbox_received_at", "received_at"),
    sqlite_with_rowid=False,
)

message = Table(
    "message",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("voice", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Words, nullable=False),
    Column("extra", Compact),
    Column("wording", Integer),
    PrimaryKeyConstraint("chat_id", "seq"),
    Index("message_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Instant),
    Column("owner_revision", Integer),
    Column("settled_at", Instant),
    Column("foreign_id", Words),
    Column("reason", Words),
    Column("done", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("chat_id", "seq"),
    ForeignKeyConstraint(
        ["chat_id", "seq"], ["message.chat_id", "message.seq"], ondelete="CASCADE"
    ),
    Index(
        "outbox_due",
        "channel",
        "lane",
        "due_at",
        "id",
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    ),
    Index(
        "outbox_pending",
        "chat_id",
        "lane",
        "seq",
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    ),
    Index("outbox_name", "channel", "foreign_id", sqlite_where=SENT, postgresql_where=SENT),
    Index("outbox_failed", "settled_at", "id", sqlite_where=FAILED, postgresql_where=FAILED),
)

application = Table(
    "application",
    metadata,
    Column("number", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("form", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("about", Words, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("due_on", Date),
    Column("answers", Compact, nullable=False),  # last: SQLite reads a row from its beginning
    Column("sources", Compact),
    Column("region", Text, nullable=False, server_default=""),
    Column("taken_by", Text, nullable=False, server_default=""),
    Column("taken_name", Words, nullable=False, server_default=""),
    Index("application_of_chat", "chat_id", "filed_at", "number"),
    Index("application_filed_at", "filed_at"),
    Index("application_due", "state", "due_on", "number"),
    Index("application_filed", "state", "filed_at", "number"),
    Index("application_taken", "taken_by", "state", "due_on", "number"),
)

application_move = Table(
    "application_move",
    metadata,
    Column("number", Text, ForeignKey("application.number"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_name", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("steps", Compact),
    PrimaryKeyConstraint("number", "place"),
)

file = Table(
    "file",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("loose_since", Instant),
    Column("attached_to", Text, ForeignKey("application.number")),
    Column("sealed", LargeBinary, nullable=False),  # last, as the answers above
    Column("sealed_in", Id),  # a chat as well, where that is not the one that has it
    Index("file_chat_id", "chat_id"),
    Index("file_received_at", "received_at"),
    Index("file_loose_since", "loose_since", sqlite_where=LOOSE, postgresql_where=LOOSE),
    Index("file_attached_to", "attached_to"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("look_at", Instant, nullable=False),
    PrimaryKeyConstraint("chat_id", "name"),
    Index("reminder_look", "look_at", "chat_id", "name"),
)

consent = Table(
    "consent",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("version", Text, nullable=False),
    PrimaryKeyConstraint("chat_id", "at", "version"),
    Index("consent_at", "at"),
)

parked = Table(
    "parked",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id")),
    Column("channel", Text, nullable=False),
    Column("key", Words, nullable=False),
    Column("event", Compact, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("parked_at", "at"),
)

wondered = Table(
    "wondered",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("guesses", Compact, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("sorted_as", Text, nullable=False, server_default=text("'new'")),
    Index("wondered_at", "at"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Compact),
    Column("updated_at", Instant, nullable=False),
)
