"""The table of topics in which talks are mirrored for representatives."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, text

from storage.columns import Id
from storage.schema import metadata

OPEN_TOPIC = text("NOT is_closed")
"""What the index of topics that are open holds: few among all that ever were."""

forum_topic = Table(
    "forum_topic",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), primary_key=True, autoincrement=False),
    Column("forum", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),
    Column("talk_id", Id, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("heard_seq", Integer, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Index("forum_topic_thread", "forum", "thread"),
    Index("forum_topic_open", "talk_id", sqlite_where=OPEN_TOPIC, postgresql_where=OPEN_TOPIC),
)
