"""Talks: for whom a person was asked, who led, and what was noted beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "talk",
        sa.Column("id", _ID, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("representative", sa.Text, nullable=False),
        sa.Column("representative_name", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("preview", sa.Text, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("breach_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT),
        sa.Column("asked_seq", sa.Integer, nullable=False),
        sa.Column("heard_seq", sa.Integer, nullable=False),
        sa.Column("heard_at", _INSTANT, nullable=False),
        sa.Column("unread", sa.Integer, nullable=False),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("returned", sa.Boolean, nullable=False),
        sa.Column("claimed_at", _INSTANT),
        sa.Column("begun_at", _INSTANT),
        sa.Column("closed_at", _INSTANT),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("rating", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="talk_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="talk_chat_id_fk"),
    )
    for name, columns, condition, unique in (
        ("talk_open", ["chat_id"], "closed_at IS NULL", True),
        ("talk_queued", ["breach_at", "id"], "state = 'queued'", False),
        ("talk_mine", ["representative", "breach_at", "id"], "closed_at IS NULL", False),
        ("talk_parked", ["due_at", "id"], "state = 'parked'", False),
        ("talk_due", ["due_at", "id"], "due_at IS NOT NULL", False),
        ("talk_claimed", ["claimed_at"], "claimed_at IS NOT NULL", False),
        ("talk_closed", ["closed_at", "id"], "closed_at IS NOT NULL", False),
    ):
        where = sa.text(condition)
        op.create_index(
            name, "talk", columns, unique=unique, sqlite_where=where, postgresql_where=where
        )
    op.create_index("talk_of_chat", "talk", ["chat_id", "id"])
    op.create_table(
        "talk_move",
        sa.Column("talk_id", _ID, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("talk_id", "place", name="talk_move_pk"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="talk_move_talk_id_fk"),
    )
    op.create_table(
        "callback",
        sa.Column("talk_id", _ID, nullable=False, autoincrement=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("preferred", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("talk_id", name="callback_pk"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="callback_talk_id_fk"),
    )
    _papers()


def _papers() -> None:
    op.create_table(
        "note",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="note_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="note_chat_id_fk"),
    )
    op.create_index("note_of_chat", "note", ["chat_id", "at", "key"])
    op.create_table(
        "label",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "name", name="label_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="label_chat_id_fk"),
    )
    op.create_index("label_name", "label", ["name", "chat_id"])
    op.create_table(
        "composed",
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("talk_id", _ID, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("login", "talk_id", "mode", name="composed_pk"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="composed_talk_id_fk"),
    )
    op.create_index("composed_of_talk", "composed", ["talk_id"])
    op.create_table(
        "canned",
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="canned_pk"),
    )
    op.create_index("canned_of_owner", "canned", ["owner", "title", "id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("canned", "composed", "label", "note", "callback", "talk_move", "talk"):
        op.drop_table(table)
