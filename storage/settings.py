"""Settings of the organisation."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from dialogs.json import Json
from storage.schema import setting
from storage.statements import insert_absent

_ALL = select(setting.c.key, setting.c.value)
_CHANGE = (
    update(setting)
    .where(setting.c.key == bindparam("this"))
    .values(value=bindparam("value"), updated_at=bindparam("updated_at"))
)


def put(connection: Connection, key: str, value: Json, now: datetime) -> None:
    """Set one setting."""
    row = {"key": key, "value": value, "updated_at": now}
    connection.execute(insert_absent(connection, setting), row)
    connection.execute(_CHANGE, {"this": key, "value": value, "updated_at": now})


def every(connection: Connection) -> dict[str, Json]:
    """Read all settings."""
    return {row.key: row.value for row in connection.execute(_ALL)}
