"""Which revision of the tables a database has, and moving it to another."""

from pathlib import Path

from sqlalchemy import Connection, Text, column, func, select, table

from storage.errors import StorageError

REVISIONS = (*(f"{number:04}" for number in range(1, 32)),)
"""All revisions of `storage.migrations`, oldest first: known here without loading Alembic."""

HEAD = REVISIONS[-1]

_MIGRATIONS = Path(__file__).parent / "migrations"
_STORED = select(column("version_num", Text)).select_from(table("alembic_version"))
_TURN = 0x706F6C6A  # a number of our own for PostgreSQL's advisory lock


def stored(connection: Connection) -> str | None:
    """Read the revision of the tables; None when there are none yet."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.execute(_STORED).scalar_one_or_none()
    return revision


def move(connection: Connection, name: str, revision: str = "head") -> None:
    """Bring the tables to a revision, up or down: ``head``, ``base`` or one of `REVISIONS`.

    ``name`` is how to call the database. Raises `StorageError` when it or the wish is
    unknown. Nothing happens when it is there already.
    """
    if connection.dialect.name == "postgresql":  # two processes may start at once
        connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
    here, there = _place(stored(connection), name), _goal(revision)
    if here != there:
        _move(connection, REVISIONS[there - 1] if there else "base", up=there > here)


def _place(revision: str | None, name: str) -> int:
    if revision is None:
        return 0
    if revision not in REVISIONS:
        raise StorageError(
            f"The database {name} has revision {revision}, made by a newer version of this "
            f"program, which knows {HEAD} at most: install the newer version."
        )
    return REVISIONS.index(revision) + 1


def _goal(revision: str) -> int:
    if revision in REVISIONS:
        return REVISIONS.index(revision) + 1
    if revision not in {"head", "base"}:
        raise StorageError(f"There is no revision {revision}, only {', '.join(REVISIONS)}.")
    return len(REVISIONS) if revision == "head" else 0


def _move(connection: Connection, revision: str, *, up: bool) -> None:
    # Alembic is loaded on the rare day it is needed: it costs more than the rest of a start.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    (command.upgrade if up else command.downgrade)(config, revision)
