"""The tables of the desk: staff, their sessions, and the journal of what they did and saw."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Compact, Id, Instant, Words
from storage.schema import metadata

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("login", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("roles", Compact, nullable=False),
    Column("regions", Compact, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    Column("password", Text, nullable=False),
    Column("must_renew", Boolean, nullable=False),
    Column("second_factor", LargeBinary),
    Column("last_step", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("telegram", BigInteger),
    UniqueConstraint("login"),
    Index("staff_telegram", "telegram", unique=True),
)

staff_recovery = Table(
    "staff_recovery",
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("staff_id", "digest"),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("address", Words, nullable=False),
    Column("browser", Words, nullable=False),
    Column("offered", LargeBinary),
    UniqueConstraint("digest"),
    Index("staff_session_of", "staff_id", "id"),
    Index("staff_session_seen_at", "seen_at"),
)

desk_journal = Table(
    "desk_journal",
    metadata,
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("login", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("about", Words, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("mac", Text, nullable=False),
    Index("desk_journal_login", "login", "number"),
    Index("desk_journal_about", "about", "number"),
)

desk_journal_head = Table(
    "desk_journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Id, nullable=False),
    Column("mac", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
