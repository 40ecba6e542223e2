"""Insured people, and how chats prove to be theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
_TABLES = ("insured", "link", "identity_journal", "proof", "attempt", "errand")


def upgrade() -> None:
    """Create the tables."""
    _insured()
    _links()
    _proofs()
    op.create_table(
        "errand",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("wish", sa.Text, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="errand_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="errand_chat_id_fk"),
    )
    op.create_index("errand_due", "errand", ["due_at", "id"])


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _insured() -> None:
    op.create_table(
        "insured",
        sa.Column("id", _ID, nullable=False),
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
        sa.PrimaryKeyConstraint("id", name="insured_pk"),
        sa.UniqueConstraint("enp", name="insured_enp_key"),
    )
    op.create_index("insured_phone", "insured", ["phone"])
    op.create_index("insured_document", "insured", ["document"])


def _links() -> None:
    op.create_table(
        "link",
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("insured_id", _ID, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "insured_id", name="link_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="link_chat_id_fk"),
        sa.ForeignKeyConstraint(["insured_id"], ["insured.id"], name="link_insured_id_fk"),
    )
    op.create_index("link_insured_id", "link", ["insured_id"])
    op.create_table(
        "identity_journal",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("chat_id", _ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("insured_id", _ID),
        sa.PrimaryKeyConstraint("id", name="identity_journal_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="identity_journal_chat_id_fk"),
        sa.ForeignKeyConstraint(
            ["insured_id"], ["insured.id"], name="identity_journal_insured_id_fk"
        ),
    )
    for column in ("chat_id", "insured_id"):
        op.create_index(f"identity_journal_{column}", "identity_journal", [column, "at"])


def _proofs() -> None:
    op.create_table(
        "proof",
        sa.Column("chat_id", _ID, nullable=False, autoincrement=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("insured_id", _ID),
        sa.PrimaryKeyConstraint("chat_id", name="proof_pk"),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="proof_chat_id_fk"),
        sa.ForeignKeyConstraint(["insured_id"], ["insured.id"], name="proof_insured_id_fk"),
    )
    op.create_index("proof_asked_at", "proof", ["asked_at"])
    op.create_table(
        "attempt",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="attempt_pk"),
    )
    op.create_index("attempt_last_at", "attempt", ["last_at"])
