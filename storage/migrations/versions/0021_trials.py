"""Chats in which the staff see notices before others do."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "notice_trial",
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("login", "chat_id", name="notice_trial_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="notice_trial_chat_id_fk"),
    )
    op.create_table(
        "notice_trial_code",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="notice_trial_code_pk"),
    )
    op.create_index("notice_trial_code_until", "notice_trial_code", ["until"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("notice_trial_code")
    op.drop_table("notice_trial")
