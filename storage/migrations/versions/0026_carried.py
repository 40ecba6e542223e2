"""Conversations that go on in another chat, and their files, which are sealed for the first."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Add the columns, and the index by which a chat's files are found."""
    op.add_column("chat", sa.Column("left_at", _INSTANT))
    op.add_column("file", sa.Column("sealed_in", _ID))
    op.create_index("file_chat_id", "file", ["chat_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("file_chat_id", "file")
    op.drop_column("file", "sealed_in")
    op.drop_column("chat", "left_at")
