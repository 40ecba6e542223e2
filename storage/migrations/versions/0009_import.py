"""Where people gather while a register is imported."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "insured_import",
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("enp", sa.Text, nullable=False),
        sa.Column("surname", sa.Text, nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("patronymic", sa.Text, nullable=False),
        sa.Column("born_on", sa.Date, nullable=False),
        sa.Column("sex", sa.Text, nullable=False),
        sa.Column("document_kind", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("snils", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("insurer_code", sa.Text, nullable=False),
        sa.Column("insured_since", sa.Date, nullable=False),
        sa.Column("right_until", sa.Date),
        sa.Column("barcode", sa.Text, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("representative", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("batch", "row", name="insured_import_pk"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("insured_import")
