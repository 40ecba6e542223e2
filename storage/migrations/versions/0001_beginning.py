"""The beginning: chats, what came in, what was said and filed, what goes out."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
_TABLES = (
    "chat",
    "inbox",
    "message",
    "outbox",
    "application",
    "application_move",
    "reminder",
    "consent",
    "file",
    "parked",
    "wondered",
    "rated",
    "setting",
)
_LOOSE = sa.text("loose_since IS NOT NULL")
_PENDING = sa.text("state = 'pending'")


def upgrade() -> None:
    """Create the tables."""
    _chats()
    _outbox()
    _applications()
    _wishes()
    _files()
    _notes()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _chats() -> None:
    op.create_table(
        "chat",
        sa.Column("id", _ID, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("session", sa.Text),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("applications", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.Column("gone_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="chat_pk"),
        sa.UniqueConstraint("channel", "address", name="chat_channel_address_key"),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "key", name="inbox_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "message",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("extra", sa.Text),
        sa.PrimaryKeyConstraint("chat_id", "seq", name="message_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="message_chat_id_fk"),
    )
    op.create_index("message_at", "message", ["at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _ID, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_until", _INSTANT),
        sa.Column("owner_revision", sa.Integer),
        sa.Column("settled_at", _INSTANT),
        sa.Column("foreign_id", sa.Text),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="outbox_pk"),
        sa.UniqueConstraint("chat_id", "seq", name="outbox_chat_id_seq_key"),
        sa.ForeignKeyConstraint(
            ["chat_id", "seq"],
            ["message.chat_id", "message.seq"],
            name="outbox_chat_id_seq_fk",
            ondelete="CASCADE",
        ),
    )
    for name, columns in (
        ("outbox_due", ["channel", "lane", "due_at", "id"]),
        ("outbox_pending", ["chat_id", "lane", "seq"]),
    ):
        op.create_index(name, "outbox", columns, sqlite_where=_PENDING, postgresql_where=_PENDING)


def _applications() -> None:
    op.create_table(
        "application",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("filed_at", _INSTANT, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("answers", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="application_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="application_chat_id_fk"),
    )
    op.create_index("application_of_chat", "application", ["chat_id", "filed_at", "number"])
    op.create_table(
        "application_move",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("steps", sa.Text),
        sa.PrimaryKeyConstraint("number", "place", name="application_move_pk"),
        sa.ForeignKeyConstraint(
            ["number"], ["application.number"], name="application_move_number_fk"
        ),
    )


def _wishes() -> None:
    """Create what a conversation has asked to keep: reminders and consents."""
    op.create_table(
        "reminder",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "name", name="reminder_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="reminder_chat_id_fk"),
    )
    op.create_index("reminder_due", "reminder", ["due_at", "chat_id", "name"])
    op.create_table(
        "consent",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "at", "version", name="consent_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="consent_chat_id_fk"),
    )


def _files() -> None:
    op.create_table(
        "file",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("loose_since", _INSTANT),
        sa.Column("attached_to", sa.Text),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="file_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="file_chat_id_fk"),
        sa.ForeignKeyConstraint(
            ["attached_to"], ["application.number"], name="file_attached_to_fk"
        ),
    )
    op.create_index("file_received_at", "file", ["received_at"])
    op.create_index(
        "file_loose_since", "file", ["loose_since"], sqlite_where=_LOOSE, postgresql_where=_LOOSE
    )
    op.create_index("file_attached_to", "file", ["attached_to"])


def _notes() -> None:
    op.create_table(
        "parked",
        sa.Column("id", _ID, nullable=False),
        sa.Column("chat_id", _ID),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="parked_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="parked_chat_id_fk"),
    )
    op.create_index("parked_at", "parked", ["at"])
    op.create_table(
        "wondered",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("guesses", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="wondered_pk"),
    )
    op.create_index("wondered_at", "wondered", ["at"])
    op.create_table(
        "rated",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="rated_pk"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="setting_pk"),
    )
