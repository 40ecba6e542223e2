"""When a process may take a reminder up, apart from the moment it was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Add the column, and index it in place of the moment."""
    op.drop_index("reminder_due", "reminder")
    with op.batch_alter_table("reminder") as reminder:
        reminder.add_column(sa.Column("look_at", _INSTANT))
    op.execute("UPDATE reminder SET look_at = due_at")
    with op.batch_alter_table("reminder") as reminder:
        reminder.alter_column("look_at", nullable=False)
    op.create_index("reminder_look", "reminder", ["look_at", "chat_id", "name"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_index("reminder_look", "reminder")
    with op.batch_alter_table("reminder") as reminder:
        reminder.drop_column("look_at")
    op.create_index("reminder_due", "reminder", ["due_at", "chat_id", "name"])
