"""How values lie in columns: instants, words and JSON, alike in both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from dialogs.json import Json

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":")).encode
_decode = json.JSONDecoder().decode

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A number that the database gives; SQLite gives them to columns of this very type only."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, exact to the microsecond; a naive one is refused.

    PostgreSQL keeps its own type. SQLite has none, and its texts compare by their spelling,
    so there it is the number of microseconds since 1970.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type in the database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """Write a moment down."""
        if value is None:
            return None
        since: timedelta = value - _EPOCH  # raises for a naive moment, on both databases
        return since // _MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read a moment back."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            value = _EPOCH + value * _MICROSECOND
        moment: datetime = value
        return moment  # asyncpg gives UTC


def storable(text: str) -> str:
    """Replace what a database's text cannot hold: the zero character and lone surrogates.

    People can send both, and one such message would fail the batch it stands in.
    """
    if "\0" in text:
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Words(TypeDecorator[str]):
    """Text that came from outside, see `storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a text down."""
        return None if value is None else storable(value)


class Compact(TypeDecorator[Json]):
    """JSON as one compact text; None is NULL. What was put in comes back, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a value down."""
        if value is None:
            return None
        text = _encode(value)
        # Escapes hold what plain text cannot.
        return text if storable(text) == text else _encode_ascii(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:  # noqa: ARG002
        """Read a value back."""
        if value is None:
            return None
        read: Json = _decode(value)
        return read
