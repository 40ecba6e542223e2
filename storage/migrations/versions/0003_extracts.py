"""Extracts of policies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "extract",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("insured_id", _ID, nullable=False),
        sa.Column("issued_at", _INSTANT, nullable=False),
        sa.Column("withdrawn_at", _INSTANT),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="extract_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="extract_chat_id_fk"),
    )
    op.create_index("extract_of_chat", "extract", ["chat_id", "insured_id", "issued_at"])
    op.create_index("extract_insured_id", "extract", ["insured_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("extract")
