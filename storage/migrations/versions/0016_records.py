"""Records that are kept for years are found by their age."""

from alembic import op

revision = "0016"
down_revision = "0015"

_INDEXES = (
    ("application", "filed_at"),
    ("consent", "at"),
    ("extract", "issued_at"),
    ("identity_journal", "at"),
)


def upgrade() -> None:
    """Create the indexes."""
    for table, column in _INDEXES:
        op.create_index(f"{table}_{column}", table, [column])


def downgrade() -> None:
    """Drop them."""
    for table, column in _INDEXES:
        op.drop_index(f"{table}_{column}", table)
