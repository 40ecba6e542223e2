"""Applications are listed at the desk by state and term, for whoever sees their region."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_APPLICATION = sa.table(
    "application", sa.column("number", sa.Text), sa.column("answers", sa.Text), sa.column("region")
)
_PAGE = 500


def upgrade() -> None:
    """Add the region, told by the addresses there are, and the indexes."""
    op.add_column("application", sa.Column("region", sa.Text, nullable=False, server_default=""))
    op.create_index("application_due", "application", ["state", "due_on", "number"])
    op.create_index("application_filed", "application", ["state", "filed_at", "number"])
    connection, last = op.get_bind(), ""
    while True:
        page = connection.execute(
            sa.select(_APPLICATION.c.number, _APPLICATION.c.answers)
            .where(_APPLICATION.c.number > last)
            .order_by(_APPLICATION.c.number)
            .limit(_PAGE)
        ).all()
        if not page:
            return
        last = page[-1].number
        for row in page:
            region = _region(json.loads(row.answers))
            if region:
                connection.execute(
                    sa.update(_APPLICATION)
                    .where(_APPLICATION.c.number == row.number)
                    .values(region=region)
                )


def _region(answers: dict[str, object]) -> str:
    for answer in answers.values():
        if isinstance(answer, dict) and answer.get("region"):
            return str(answer["region"])
    return ""


def downgrade() -> None:
    """Drop them."""
    op.drop_index("application_filed", "application")
    op.drop_index("application_due", "application")
    op.drop_column("application", "region")
