"""How Alembic runs here: inside the transaction that `storage.revision` has begun."""

from alembic import context

from storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
