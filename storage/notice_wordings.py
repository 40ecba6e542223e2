"""What notices say, kept once for all who get exactly the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.notice_schema import notice_wording


@dataclass(frozen=True, slots=True)
class Spoken:
    """A wording as histories show it; ``extra`` is as `storage.messages` keeps one.

    In ``extra`` there is ``first`` for the language of those whose own is not there, and
    ``personal`` where the text differs from person to person.
    """

    language: str
    text: str = field(repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


_ALL = select(
    notice_wording.c.language, notice_wording.c.text, notice_wording.c.extra, notice_wording.c.id
).where(notice_wording.c.notice_id == bindparam("this"))


def keep(connection: Connection, number: int, wordings: Iterable[Spoken]) -> None:
    """Keep what a notice says, in the place of what it said before.

    Only before it is sent: what stands in a history does not change.
    """
    connection.execute(delete(notice_wording).where(notice_wording.c.notice_id == number))
    rows = [
        {
            "notice_id": number,
            "language": one.language,
            "text": one.text,
            "extra": dict(one.extra) or None,
        }
        for one in wordings
    ]
    connection.execute(insert(notice_wording), rows)


def by_language(connection: Connection, number: int) -> dict[str, Spoken]:
    """Read what a notice says, by language; what goes for all others stands under the empty one."""
    found = [
        Spoken(row.language, row.text, row.extra or {}, row.id)
        for row in connection.execute(_ALL, {"this": number})
    ]
    first = next((one for one in found if one.extra.get("first")), found[0])
    return {"": first, **{one.language: one for one in found}}
