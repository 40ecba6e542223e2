"""Codes by which unfinished applications move between chats of one person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the table; windows are never looked for by their chat."""
    op.drop_index("window_chat_id", "window")
    op.create_table(
        "move_code",
        sa.Column("chat_id", _ID, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="move_code_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="move_code_chat_id_fk"),
    )
    op.create_index("move_code_digest", "move_code", ["digest"])
    op.create_index("move_code_until", "move_code", ["until"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("move_code")
    op.create_index("window_chat_id", "window", ["chat_id"])
