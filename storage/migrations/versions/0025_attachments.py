"""Pictures and papers of notices, each kept once."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "notice_file",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="notice_file_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_file_notice_id_fk"),
    )
    op.create_index("notice_file_at", "notice_file", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("notice_file")
