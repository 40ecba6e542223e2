"""Lists of recipients: whom each row has named, and what was wrong with it; nothing personal."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table anew: nothing has ever been written into it."""
    op.drop_table("notice_listed")
    _create(sa.Column("at_column", sa.Text, nullable=False), _text("fault"))


def downgrade() -> None:
    """Make the earlier one."""
    op.drop_table("notice_listed")
    _create(*(_text(name) for name in ("enp", "phone", "channel", "address")))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _create(*columns: sa.Column[str]) -> None:
    op.create_table(
        "notice_listed",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        *columns,
        sa.Column("person", _ID),
        sa.PrimaryKeyConstraint("notice_id", "row", name="notice_listed_pk"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="notice_listed_notice_id_fk"),
    )
    op.create_index("notice_listed_person", "notice_listed", ["notice_id", "person"])
