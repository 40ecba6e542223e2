"""People of the register are found by name."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the index."""
    op.create_index("insured_name", "insured", ["surname", "given"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("insured_name", "insured")
