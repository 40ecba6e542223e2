"""What messengers tell of notices after they took them: it settles those in doubt as well."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, select

from storage.notice_schema import notice_recipient
from storage.notice_settling import End, Settled, settle
from storage.people_schema import link
from storage.receipts import Told
from storage.schema import chat
from storage.statements import pages

_HEARD: Final[dict[str, End]] = {"read": "read", "failed": "failed"}

_rec = notice_recipient
_CHATS = select(chat.c.id, chat.c.address).where(
    chat.c.channel == bindparam("channel"),
    chat.c.address.in_(bindparam("addresses", expanding=True)),
)
_OWN = select(-link.c.insured_id).where(
    link.c.chat_id.in_(bindparam("ids", expanding=True)), link.c.role == "self"
)
_MEANT: Select[Any] = select(_rec.c.notice_id, _rec.c.person, _rec.c.chat_id, _rec.c.seq).where(
    _rec.c.person.in_(bindparam("persons", expanding=True)), _rec.c.seq.is_not(None)
)


def heard(connection: Connection, channel: str, told: Iterable[Told], now: datetime) -> list[int]:
    """Note what a messenger tells of notices it took; return the chats that are gone."""
    ours = [one for one in told if one.seq]
    if not ours:
        return []
    chats = _chats(connection, channel, sorted({one.chat for one in ours}))
    meant = {(row.chat_id, row.seq): row for row in _meant(connection, sorted(chats.values()))}
    ends, gone = [], []
    for one in ours:
        found = meant.get((chats.get(one.chat, 0), one.seq))
        if found:
            end = _HEARD.get(one.state, "accepted")
            ends.append(Settled(found.notice_id, found.person, end, one.reason))
            if one.failure == "gone":
                gone.append(found.chat_id)
    settle(connection, ends, now)
    return gone


def _chats(connection: Connection, channel: str, addresses: Sequence[str]) -> dict[str, int]:
    return {
        row.address: row.id
        for page in pages(addresses)
        for row in connection.execute(_CHATS, {"channel": channel, "addresses": page})
    }


def _meant(connection: Connection, chats: Sequence[int]) -> Iterator[Row[Any]]:
    """Read the rows of all who may be meant: the chats themselves, or whose own they are."""
    persons = set(chats)
    for page in pages(chats):
        persons.update(connection.execute(_OWN, {"ids": page}).scalars())
    for page in pages(sorted(persons)):
        yield from connection.execute(_MEANT, {"persons": page})
