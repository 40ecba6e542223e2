"""Which notice a chat got last, and who wrote within three days of it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("chat", sa.Column("notice_id", sa.Integer))
    op.add_column("chat", sa.Column("notice_seq", sa.Integer))
    op.create_table(
        "notice_reply",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "chat_id", name="notice_reply_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_reply_notice_id_fk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="notice_reply_chat_id_fk"),
    )
    op.create_index("notice_reply_at", "notice_reply", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("notice_reply")
    op.drop_column("chat", "notice_seq")
    op.drop_column("chat", "notice_id")
