"""By which press of a button a notice was begun, so that a second press of it begins no other."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the key; those begun before, and by the command, have none."""
    op.add_column("notice", sa.Column("key", sa.Text))
    op.create_index("notice_begun", "notice", ["author", "key"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("notice_begun", "notice")
    op.drop_column("notice", "key")
