"""Files that representatives have put beside words they have not sent yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from storage.schema import file
from storage.statements import insert_absent
from storage.talk_schema import enclosed, talk


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file by its name, with its content type and size in bytes."""

    name: str
    kind: str
    size: int


_OF_TALK = select(talk.c.chat_id).where(talk.c.id == bindparam("talk")).scalar_subquery()
_THIS = (file.c.id == bindparam("this"), file.c.chat_id == _OF_TALK)
_FILE = select(file.c.id).where(*_THIS)
_HOLD = update(file).where(*_THIS).values(loose_since=None)
_MINE = (enclosed.c.login == bindparam("by"), enclosed.c.talk_id == bindparam("talk"))
_LISTED = (
    select(file.c.id, file.c.kind, file.c.size)
    .join(enclosed, enclosed.c.file_id == file.c.id)
    .where(*_MINE)
    .order_by(enclosed.c.at, enclosed.c.file_id)
)
_TAKE_OUT = delete(enclosed).where(
    *_MINE, enclosed.c.file_id.in_(bindparam("names", expanding=True))
)
_DROP = delete(file).where(*_THIS, file.c.attached_to.is_(None))
_KNOWN = select(file.c.id, file.c.kind, file.c.size).where(
    file.c.chat_id == _OF_TALK, file.c.id.in_(bindparam("names", expanding=True))
)


def enclose(
    connection: Connection, login: str, talk_id: int, name: str, now: datetime, *, most: int
) -> bool:
    """Put a file of the talk's chat beside the words; it stays from now on.

    False for no such file, and when as many as ``most`` stand there already.
    """
    this = {"this": name, "talk": talk_id}
    if connection.execute(_FILE, this).one_or_none() is None:
        return False
    if len(listed(connection, login, talk_id)) >= most:
        return False
    connection.execute(_HOLD, this)
    row = {"login": login, "talk_id": talk_id, "file_id": name, "at": now}
    connection.execute(insert_absent(connection, enclosed), row)
    return True


def listed(connection: Connection, login: str, talk_id: int) -> list[Enclosed]:
    """Read what stands beside the words of a representative, in the order it came."""
    return [Enclosed(*row) for row in connection.execute(_LISTED, {"by": login, "talk": talk_id})]


def take_out(
    connection: Connection, login: str, talk_id: int, names: Iterable[str], *, is_kept: bool
) -> bool:
    """Take files out; unless they are kept (a message has them) they go. False for no such."""
    known = sorted(set(names))
    where = {"by": login, "talk": talk_id, "names": known}
    if not known or connection.execute(_TAKE_OUT, where).rowcount == 0:
        return False
    if not is_kept:
        connection.execute(_DROP, [{"this": name, "talk": talk_id} for name in known])
    return True


def known(connection: Connection, talk_id: int, names: Sequence[str]) -> dict[str, Enclosed]:
    """Look at files of the talk's chat, by name; those of other chats are left out."""
    if not names:
        return {}
    found = connection.execute(_KNOWN, {"talk": talk_id, "names": list(names)})
    return {row.id: Enclosed(*row) for row in found}
