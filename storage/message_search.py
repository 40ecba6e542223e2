"""Looking for words in what people and representatives have said, the newest first.

A bounded stretch of time is read along its index, so no index of words has to be kept up
with every message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, tuple_

from dialogs.message import Voice
from storage.schema import chat, message
from storage.talk_schema import talk


@dataclass(frozen=True, slots=True)
class Place:
    """A place among all messages, by which the search goes on further back."""

    at: datetime
    chat_id: int
    seq: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A message that may hold the words, and the newest dialog in which it can be looked at."""

    place: Place
    channel: str
    voice: Voice
    text: str = field(repr=False)
    talk: int


_SPOKEN = message.c.voice.in_(("citizen", "representative"))
_STRETCH = and_(
    message.c.at <= bindparam("until", type_=message.c.at.type),
    message.c.at > bindparam("since", type_=message.c.at.type),
)
_FURTHER_BACK = tuple_(message.c.at, message.c.chat_id, message.c.seq) < tuple_(
    bindparam("until", type_=message.c.at.type),
    bindparam("chat", type_=message.c.chat_id.type),
    bindparam("seq", type_=message.c.seq.type),
)
_AMONG = talk.c.region.in_(bindparam("regions", expanding=True))


def find(
    connection: Connection,
    words: Sequence[Sequence[str]],
    regions: Sequence[str] | None,
    before: datetime | Place,
    since: datetime,
    limit: int,
) -> list[Mention]:
    """Read messages that hold each of the words in one of its spellings.

    They lie between ``since`` and ``before``, in chats with a dialog of these regions (None:
    of all). Letters match in any case, on SQLite Latin ones only. A spelling may stand in the
    middle of a longer word: whoever asks looks closer.
    """
    if not words:
        return []
    where: dict[str, Any] = {"since": since, "limit": limit, "until": before}
    query = _query(words, regions).where(_STRETCH)
    if isinstance(before, Place):
        query = query.where(_FURTHER_BACK)
        where |= {"until": before.at, "chat": before.chat_id, "seq": before.seq}
    if regions is not None:
        where["regions"] = list(regions)
    return [
        Mention(Place(row.at, row.chat_id, row.seq), row.channel, row.voice, row.text, row.talk_id)
        for row in connection.execute(query, where)
    ]


def _query(words: Sequence[Sequence[str]], regions: Sequence[str] | None) -> Select[Any]:
    shown = select(func.max(talk.c.id)).where(talk.c.chat_id == message.c.chat_id)
    shown = shown if regions is None else shown.where(_AMONG)
    newest = shown.correlate(message).scalar_subquery()
    mentions = (
        or_(*(message.c.text.icontains(one, autoescape=True) for one in spellings))
        for spellings in words
    )
    return (
        select(
            message.c.at,
            message.c.chat_id,
            message.c.seq,
            chat.c.channel,
            message.c.voice,
            message.c.text,
            newest.label("talk_id"),
        )
        .join(chat, chat.c.id == message.c.chat_id)
        .where(_SPOKEN, *mentions, newest.is_not(None))
        .order_by(message.c.at.desc(), message.c.chat_id.desc(), message.c.seq.desc())
        .limit(bindparam("limit"))
    )
