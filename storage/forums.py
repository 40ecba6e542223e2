"""Topics of a forum in which talks are mirrored, and which of them lag behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from storage.forum_schema import OPEN_TOPIC, forum_topic
from storage.schema import chat
from storage.talk_schema import OPEN, talk
from storage.talks import COLUMNS, Talk, read


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a chat: ``moves`` and ``heard_seq`` of its talk were told there last."""

    chat_id: int
    forum: int
    thread: int
    talk_id: int
    moves: int = 0
    heard_seq: int = 0
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Lagging:
    """A talk of which the forum does not know all yet, with its topic if there is one."""

    talk: Talk
    channel: str
    topic: Topic | None


_TOPIC: Final = (
    forum_topic.c.chat_id,
    forum_topic.c.forum,
    forum_topic.c.thread,
    forum_topic.c.talk_id,
    forum_topic.c.moves,
    forum_topic.c.heard_seq,
    forum_topic.c.is_closed,
)
_SHOWN: Final = and_(
    forum_topic.c.chat_id == talk.c.chat_id, forum_topic.c.forum == bindparam("forum")
)
_LAGS: Final = or_(
    forum_topic.c.chat_id.is_(None),
    forum_topic.c.talk_id != talk.c.id,
    forum_topic.c.moves != talk.c.moves,
    forum_topic.c.heard_seq < talk.c.heard_seq,
    forum_topic.c.is_closed,
)
_JOINED: Final = select(
    *COLUMNS, chat.c.channel, *(one.label(f"topic_{one.name}") for one in _TOPIC)
).join(chat, chat.c.id == talk.c.chat_id)
_OPEN: Final = (
    _JOINED.outerjoin(forum_topic, _SHOWN)
    .where(OPEN, talk.c.chat_id > 0, _LAGS)  # a range, so that the index of open ones is taken
    .order_by(talk.c.breach_at, talk.c.id)
    .limit(bindparam("limit"))
)
_CLOSED: Final = (
    _JOINED.join(forum_topic, and_(_SHOWN, forum_topic.c.talk_id == talk.c.id))
    .where(OPEN_TOPIC, forum_topic.c.talk_id > 0, talk.c.closed_at.is_not(None))
    .order_by(talk.c.id)
    .limit(bindparam("limit"))
)
_BY_THREAD: Final = select(*_TOPIC).where(
    forum_topic.c.forum == bindparam("forum"), forum_topic.c.thread == bindparam("thread")
)
_CHANGE: Final = update(forum_topic).where(forum_topic.c.chat_id == bindparam("this"))
_DROP: Final = delete(forum_topic).where(forum_topic.c.chat_id == bindparam("this"))


def lagging(connection: Connection, forum: int, limit: int) -> Sequence[Lagging]:
    """Read talks that a forum is to be told of: those to be answered first come first."""
    given = {"forum": forum, "limit": limit}
    rows = [*connection.execute(_OPEN, given), *connection.execute(_CLOSED, given)]
    return [_lagging(row) for row in rows]


def _lagging(row: Any) -> Lagging:
    topic = None
    if row.topic_chat_id is not None:
        topic = Topic(*(getattr(row, f"topic_{one.name}") for one in _TOPIC))
    return Lagging(read(row), row.channel, topic)


def by_thread(connection: Connection, forum: int, thread: int) -> Topic | None:
    """Find the topic of a thread."""
    row = connection.execute(_BY_THREAD, {"forum": forum, "thread": thread}).first()
    return Topic(*row) if row else None


def keep(connection: Connection, topic: Topic) -> None:
    """Write down what a topic has been told; a chat has one topic."""
    values = {
        "forum": topic.forum,
        "thread": topic.thread,
        "talk_id": topic.talk_id,
        "moves": topic.moves,
        "heard_seq": topic.heard_seq,
        "is_closed": topic.is_closed,
    }
    if not connection.execute(_CHANGE.values(**values), {"this": topic.chat_id}).rowcount:
        connection.execute(insert(forum_topic).values(chat_id=topic.chat_id, **values))


def drop(connection: Connection, chat_id: int) -> None:
    """Forget a topic that is there no longer."""
    connection.execute(_DROP, {"this": chat_id})
