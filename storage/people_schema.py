"""The tables of insured people: who they are, and how chats have proven to be theirs."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Compact, Id, Instant, Words
from storage.schema import metadata

insured = Table(
    "insured",
    metadata,
    Column("id", Id, primary_key=True),
    Column("enp", Text, nullable=False),
    Column("surname", Words, nullable=False),
    Column("given", Words, nullable=False),
    Column("patronymic", Words, nullable=False),
    Column("born_on", Date, nullable=False),
    Column("sex", Text, nullable=False),
    Column("document_kind", Text, nullable=False),
    Column("document", Words, nullable=False),
    Column("snils", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("insurer_code", Text, nullable=False),
    Column("insured_since", Date, nullable=False),
    Column("right_until", Date),
    Column("barcode", Words, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    Column("representative", Text, nullable=False),
    UniqueConstraint("enp"),
    Index("insured_phone", "phone"),
    Index("insured_document", "document"),
    Index("insured_name", "surname", "given"),
)

insured_import = Table(
    "insured_import",
    metadata,
    Column("batch", Text, nullable=False),
    Column("row", Integer, nullable=False),
    *(
        Column(one.name, one.type, nullable=one.nullable)
        for one in insured.columns
        if one.name != "id"
    ),
    PrimaryKeyConstraint("batch", "row"),
)

link = Table(
    "link",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("insured_id", Id, ForeignKey("insured.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("chat_id", "insured_id"),
    Index("link_insured_id", "insured_id"),
)

identity_journal = Table(
    "identity_journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("insured_id", Id, ForeignKey("insured.id")),
    Index("identity_journal_at", "at"),
    Index("identity_journal_chat_id", "chat_id", "at"),
    Index("identity_journal_insured_id", "insured_id", "at"),
)

proof = Table(
    "proof",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True, autoincrement=False),
    Column("serial", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("code", Text),
    Column("insured_id", Id, ForeignKey("insured.id")),
    Index("proof_asked_at", "asked_at"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("key", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Index("attempt_last_at", "last_at"),
)

errand = Table(
    "errand",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("wish", Compact, nullable=False),
    Column("due_at", Instant, nullable=False),
    Index("errand_due", "due_at", "id"),
)
