"""What editors say of the questions that were asked in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column."""
    op.add_column("wondered", sa.Column("sorted_as", sa.Text, nullable=False, server_default="new"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("wondered", "sorted_as")
