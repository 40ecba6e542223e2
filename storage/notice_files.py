"""What notices carry beside their words: a picture or a paper, once for all who get it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.notice_schema import notice_file


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A file by its name, with its content type; it is meant for many, so it is not sealed."""

    name: str
    kind: str
    content: bytes = field(repr=False)


_ONE = select(notice_file.c.name, notice_file.c.kind, notice_file.c.content).where(
    notice_file.c.name == bindparam("this")
)


def keep(connection: Connection, number: int, kept: NoticeFile, now: datetime) -> None:
    """Keep a file that was put to a notice first; copies of the notice name the same."""
    row = {
        "name": kept.name,
        "notice_id": number,
        "kind": kept.kind,
        "at": now,
        "content": kept.content,
    }
    connection.execute(insert(notice_file), [row])


def one(connection: Connection, name: str) -> NoticeFile | None:
    """Look at a file."""
    row = connection.execute(_ONE, {"this": name}).one_or_none()
    return None if row is None else NoticeFile(*row)
