"""The desk: staff, their sessions, the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Create the tables, and have the database itself refuse to change the journal."""
    _staff()
    _sessions()
    _journal()
    _guard_the_journal()


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", _ID, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("regions", sa.Text, nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("must_renew", sa.Boolean, nullable=False),
        sa.Column("second_factor", sa.LargeBinary),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT),
        sa.PrimaryKeyConstraint("id", name="staff_pk"),
        sa.UniqueConstraint("login", name="staff_login_key"),
    )
    op.create_table(
        "staff_recovery",
        sa.Column("staff_id", _ID, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "digest", name="staff_recovery_pk"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="staff_recovery_staff_id_fk"),
    )


def _sessions() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id", _ID, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("staff_id", _ID, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.Column("offered", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="staff_session_pk"),
        sa.UniqueConstraint("digest", name="staff_session_digest_key"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="staff_session_staff_id_fk"),
    )
    op.create_index("staff_session_of", "staff_session", ["staff_id", "id"])
    op.create_index("staff_session_seen_at", "staff_session", ["seen_at"])


def _journal() -> None:
    op.create_table(
        "desk_journal",
        sa.Column("number", _ID, nullable=False, autoincrement=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="desk_journal_pk"),
    )
    op.create_index("desk_journal_login", "desk_journal", ["login", "number"])
    op.create_index("desk_journal_about", "desk_journal", ["about", "number"])
    op.create_table(
        "desk_journal_head",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", _ID, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="desk_journal_head_pk"),
    )


def _guard_the_journal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER desk_journal_no_{deed.lower()} BEFORE {deed} ON desk_journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION desk_journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER desk_journal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON desk_journal FOR EACH STATEMENT EXECUTE FUNCTION desk_journal_only_grows()"
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "desk_journal_head",
        "desk_journal",
        "staff_session",
        "staff_recovery",
        "staff",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION desk_journal_only_grows()")
