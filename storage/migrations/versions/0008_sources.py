"""Where the answers of an application come from, when nobody has typed them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column."""
    op.add_column("application", sa.Column("sources", sa.Text))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("application", "sources")
