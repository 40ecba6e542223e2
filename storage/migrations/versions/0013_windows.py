"""Windows onto conversations of messengers, and what a chat has to know for them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the tables and add the columns."""
    op.add_column("chat", sa.Column("phone", sa.Text))
    op.add_column("chat", sa.Column("window_at", _INSTANT))
    op.create_table(
        "window_link",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("sent_at", _INSTANT),
        sa.Column("used_at", _INSTANT),
        sa.PrimaryKeyConstraint("digest", name="window_link_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="window_link_chat_id_fk"),
    )
    op.create_index("window_link_chat_id", "window_link", ["chat_id", "at"])
    op.create_index("window_link_until", "window_link", ["until"])
    op.create_table(
        "window",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="window_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="window_chat_id_fk"),
    )
    op.create_index("window_chat_id", "window", ["chat_id"])
    op.create_index("window_until", "window", ["until"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("window")
    op.drop_table("window_link")
    op.drop_column("chat", "window_at")
    op.drop_column("chat", "phone")
