"""Old notes are found by their age."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the index."""
    op.create_index("note_at", "note", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("note_at", "note")
