"""Figures: facts of questions and terms, where drafts stand, and the sums of days."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
_FAILED = sa.text("state = 'failed'")
_BEGUN = sa.text("begun_at IS NOT NULL")
_RATED = """
    INSERT INTO fact (at, channel, kind, name)
    SELECT at, '', CASE WHEN helpful THEN 'helpful' ELSE 'unhelpful' END, topic FROM rated
    ORDER BY id
"""
_BACK = """
    INSERT INTO rated (at, topic, helpful)
    SELECT at, name, kind = 'helpful' FROM fact WHERE kind IN ('helpful', 'unhelpful')
    ORDER BY id
"""


def upgrade() -> None:
    """Create the tables, and take over what people said of answers."""
    op.create_table(
        "fact",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="fact_pk"),
    )
    op.create_index("fact_at", "fact", ["at"])
    op.create_table(
        "filling",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("ending", sa.Text, nullable=False),
        sa.Column("begun_at", _INSTANT, nullable=False),
        sa.Column("moved_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "number", name="filling_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="filling_chat_id_fk"),
        sqlite_with_rowid=False,
    )
    op.create_index("filling_begun_at", "filling", ["begun_at"])
    op.create_index("filling_moved_at", "filling", ["moved_at"])
    op.create_table(
        "day_sum",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "channel", "name", "detail", name="day_sum_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("talk_since", "talk", ["since"])
    op.create_index(
        "talk_begun", "talk", ["begun_at"], sqlite_where=_BEGUN, postgresql_where=_BEGUN
    )
    op.create_index(
        "outbox_failed",
        "outbox",
        ["settled_at", "id"],
        sqlite_where=_FAILED,
        postgresql_where=_FAILED,
    )
    op.execute(_RATED)
    op.drop_table("rated")


def downgrade() -> None:
    """Drop them, and give back what people said of answers."""
    op.create_table(
        "rated",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="rated_pk"),
    )
    op.execute(_BACK)
    op.drop_index("outbox_failed", "outbox")
    op.drop_index("talk_begun", "talk")
    op.drop_index("talk_since", "talk")
    for table in ("day_sum", "filling", "fact"):
        op.drop_table(table)
