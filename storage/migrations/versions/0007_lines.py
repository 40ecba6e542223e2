"""Messengers at work: their lines, what they tell of messages, how far a message has come."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
_SENT = sa.text("state = 'sent' AND foreign_id IS NOT NULL")


def upgrade() -> None:
    """Create the tables and columns."""
    op.add_column("chat", sa.Column("heard_at", _INSTANT))
    op.add_column("outbox", sa.Column("done", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "outbox_name",
        "outbox",
        ["channel", "foreign_id"],
        sqlite_where=_SENT,
        postgresql_where=_SENT,
    )
    op.create_table(
        "line",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("leased_until", _INSTANT, nullable=False),
        sa.Column("held_until", _INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="line_pk"),
    )
    op.create_table(
        "receipt",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("failure", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "name", name="receipt_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("receipt_at", "receipt", ["at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("receipt")
    op.drop_table("line")
    op.drop_index("outbox_name", "outbox")
    op.drop_column("outbox", "done")
    op.drop_column("chat", "heard_at")
