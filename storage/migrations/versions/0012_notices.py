"""Notices: what is written to many, one narrow row for each person, and what they said to it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
_OPEN = sa.text("state IN (1, 2)")
_WORKING = sa.text("state IN ('scheduled', 'gathering', 'sending', 'held')")


def upgrade() -> None:
    """Create the tables, and let a history refer to what many were told."""
    op.add_column("message", sa.Column("wording", sa.Integer))
    _notices()
    _recipients()
    _people()


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _ID, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("approver", sa.Text, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("starts_at", _INSTANT),
        sa.Column("begun_at", _INSTANT),
        sa.Column("ended_at", _INSTANT),
        sa.Column("gathered", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("corrects", _ID),
        sa.Column("channels", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="notice_pk"),
    )
    op.create_index("notice_state", "notice", ["state", "id"])
    op.create_index(
        "notice_working", "notice", ["id"], sqlite_where=_WORKING, postgresql_where=_WORKING
    )
    op.create_table(
        "notice_move",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "place", name="notice_move_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_move_notice_id_fk"),
    )
    op.create_table(
        "notice_wording",
        sa.Column("id", _ID, nullable=False),
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("extra", sa.Text),
        sa.PrimaryKeyConstraint("id", name="notice_wording_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_wording_notice_id_fk"),
        sa.UniqueConstraint("notice_id", "language", name="notice_wording_notice_id_language_key"),
    )


def _recipients() -> None:
    op.create_table(
        "notice_recipient",
        sa.Column("person", _ID, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("notice_id", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer),
        sa.Column("reason", sa.Integer, nullable=False),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("channel", sa.SmallInteger, nullable=False),
        sa.Column("zone", sa.SmallInteger, nullable=False),
        sa.Column("attempts", sa.SmallInteger, nullable=False),
        sa.Column("done", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("person", "notice_id", name="notice_recipient_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "notice_recipient_count", "notice_recipient", ["notice_id", "state", "channel", "reason"]
    )
    op.create_index(
        "notice_recipient_open",
        "notice_recipient",
        ["notice_id", "channel", "zone", "at"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "notice_reason",
        sa.Column("id", _ID, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="notice_reason_pk"),
        sa.UniqueConstraint("word", name="notice_reason_word_key"),
    )


def _people() -> None:
    op.create_table(
        "notice_choice",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("agrees", sa.Boolean, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "kind", "at", name="notice_choice_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="notice_choice_chat_id_fk"),
    )
    op.create_table(
        "notice_answer",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("answer", sa.SmallInteger, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "chat_id", name="notice_answer_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_answer_notice_id_fk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="notice_answer_chat_id_fk"),
    )
    op.create_table(
        "notice_listed",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("enp", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("person", _ID),
        sa.PrimaryKeyConstraint("notice_id", "row", name="notice_listed_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_listed_notice_id_fk"),
    )
    op.create_index("notice_listed_person", "notice_listed", ["notice_id", "person"])


def downgrade() -> None:
    """Drop them."""
    for table in ("listed", "answer", "choice", "reason", "recipient", "wording", "move"):
        op.drop_table(f"notice_{table}")
    op.drop_table("notice")
    op.drop_column("message", "wording")
