"""An application is somebody's from the moment they take it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add who has it, and the index by which theirs are found."""
    for name in ("taken_by", "taken_name"):
        op.add_column("application", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_index("application_taken", "application", ["taken_by", "state", "due_on", "number"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("application_taken", "application")
    for name in ("taken_name", "taken_by"):
        op.drop_column("application", name)
