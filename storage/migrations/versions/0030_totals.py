"""What is kept of notices whose recipients are forgotten: how many there were."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "notice_total",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "word", "channel", "reason", name="notice_total_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_total_notice_id_fk"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("notice_total")
