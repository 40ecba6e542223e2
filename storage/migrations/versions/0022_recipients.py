"""Recipients in four bytes, and an index of those of the first stage."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_FIRST = sa.text("state IN (1, 2) AND person % 100 = 0")


def upgrade() -> None:
    """Narrow the ids where the database tells numbers apart by their width, and add the index."""
    _ids(sa.BigInteger(), sa.Integer())
    op.create_index(
        "notice_recipient_first",
        "notice_recipient",
        ["notice_id", "channel", "zone", "at"],
        sqlite_where=_FIRST,
        postgresql_where=_FIRST,
    )


def downgrade() -> None:
    """Drop it, and widen them."""
    op.drop_index("notice_recipient_first", "notice_recipient")
    _ids(sa.Integer(), sa.BigInteger())


def _ids(before: sa.Integer, after: sa.Integer) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name in ("person", "chat_id"):
            op.alter_column("notice_recipient", name, existing_type=before, type_=after)
