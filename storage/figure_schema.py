"""The tables of figures: what is counted, without a word of what anybody said."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.columns import Id, Instant
from storage.schema import metadata

fact = Table(
    "fact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("channel", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("fact_at", "at"),
)

filling = Table(
    "filling",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("form", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("ending", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    PrimaryKeyConstraint("chat_id", "number"),
    Index("filling_begun_at", "begun_at"),
    Index("filling_moved_at", "moved_at"),
    sqlite_with_rowid=False,
)

day_sum = Table(
    "day_sum",
    metadata,
    Column("day", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "kind", "channel", "name", "detail"),
    sqlite_with_rowid=False,
)

month_sum = Table(
    "month_sum",
    metadata,
    Column("month", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    PrimaryKeyConstraint("month", "kind", "channel", "name", "detail"),
    sqlite_with_rowid=False,
)
