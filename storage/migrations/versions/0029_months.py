"""Months that are over are summed up, so that a year of statistics is a dozen of them."""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

_DAY = timedelta(days=1)
_KEY = ("kind", "channel", "name", "detail")
_DAYS = sa.table(
    "day_sum",
    sa.column("day", sa.Date),
    *(sa.column(name) for name in (*_KEY, "count", "total")),
)
_MONTHS = sa.table(
    "month_sum",
    sa.column("month", sa.Date),
    *(sa.column(name) for name in (*_KEY, "count", "total")),
)


def upgrade() -> None:
    """Create the table, with the months that are over already."""
    op.create_table(
        "month_sum",
        sa.Column("month", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _KEY),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("month", *_KEY, name="month_sum_pk"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    first, last = connection.execute(
        sa.select(sa.func.min(_DAYS.c.day), sa.func.max(_DAYS.c.day))
    ).one()
    while first is not None:
        month = first.replace(day=1)
        after = (month + timedelta(days=31)).replace(day=1)
        if after > last + _DAY:
            return
        _sum_up(connection, month, after)
        first = after


def _sum_up(connection: sa.Connection, month: date, after: date) -> None:
    key = [_DAYS.c[name] for name in _KEY]
    of_month = (
        sa.select(
            sa.literal(month, sa.Date),
            *key,
            sa.func.sum(_DAYS.c.count),
            sa.func.sum(_DAYS.c.total),
        )
        .where(_DAYS.c.day >= month, _DAYS.c.day < after)
        .group_by(*key)
    )
    columns = ["month", *_KEY, "count", "total"]
    connection.execute(sa.insert(_MONTHS).from_select(columns, of_month))


def downgrade() -> None:
    """Drop it."""
    op.drop_table("month_sum")
