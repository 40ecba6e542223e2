"""Files stand beside the words of a representative until they are sent."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "enclosed",
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("talk_id", _ID, nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("login", "talk_id", "file_id", name="enclosed_pk"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="enclosed_talk_id_fk"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name="enclosed_file_id_fk", ondelete="CASCADE"
        ),
    )
    op.create_index("enclosed_of_talk", "enclosed", ["talk_id"])
    op.create_index("enclosed_file", "enclosed", ["file_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("enclosed")
