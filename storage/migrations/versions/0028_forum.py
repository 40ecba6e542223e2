"""Topics in which talks are mirrored, and the Telegram users who may answer there."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("NOT is_closed")


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "forum_topic",
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("forum", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("talk_id", _ID, nullable=False),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("heard_seq", sa.Integer, nullable=False),
        sa.Column("is_closed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="forum_topic_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="forum_topic_chat_id_fk"),
    )
    op.create_index("forum_topic_thread", "forum_topic", ["forum", "thread"])
    op.create_index(
        "forum_topic_open",
        "forum_topic",
        ["talk_id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.add_column("staff", sa.Column("telegram", sa.BigInteger))
    op.create_index("staff_telegram", "staff", ["telegram"], unique=True)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("staff_telegram", "staff")
    op.drop_column("staff", "telegram")
    op.drop_table("forum_topic")
