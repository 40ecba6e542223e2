"""The tables of notices: one row for each person, and everything that is common beside it.

A recipient's row is narrow on purpose: there may be a million of them for one notice. States,
channels and zones are small numbers there, by the tables below, which are a published format;
ids have four bytes, which is two billion people.
"""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from storage.columns import Compact, Id, Instant, Words
from storage.schema import metadata

ROW_CODES: Final = {
    "pending": 1,
    "retry": 2,
    "handed": 3,
    "accepted": 4,
    "read": 5,
    "skipped": 6,
    "failed": 7,
    "unknown": 8,
}
CHANNEL_CODES: Final = {"": 0, "web": 1, "telegram": 2, "whatsapp": 3, "max": 4, "terminal": 5}
ZONE_CODES: Final = {
    "": 0,  # the organisation's own
    "Europe/Kaliningrad": 1,
    "Europe/Moscow": 2,
    "Europe/Samara": 3,
    "Europe/Saratov": 4,
    "Europe/Astrakhan": 5,
    "Europe/Ulyanovsk": 6,
    "Europe/Volgograd": 7,
    "Europe/Kirov": 8,
    "Asia/Yekaterinburg": 9,
    "Asia/Omsk": 10,
    "Asia/Barnaul": 11,
    "Asia/Novosibirsk": 12,
    "Asia/Novokuznetsk": 13,
    "Asia/Tomsk": 14,
    "Asia/Krasnoyarsk": 15,
    "Asia/Irkutsk": 16,
    "Asia/Chita": 17,
    "Asia/Yakutsk": 18,
    "Asia/Vladivostok": 19,
    "Asia/Sakhalin": 20,
    "Asia/Magadan": 21,
    "Asia/Kamchatka": 22,
    "Asia/Anadyr": 23,
}


class Coded(TypeDecorator[str]):
    """A word of a short list, kept as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name  # part of the key under which statements are kept
        self._numbers = _LISTS[name]
        self._words = {number: word for word, number in self._numbers.items()}

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write a word down."""
        return None if value is None else self._numbers[value]

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Read a word back."""
        return None if value is None else self._words[value]


_LISTS: Final = {"row": ROW_CODES, "channel": CHANNEL_CODES, "zone": ZONE_CODES}

FIRST_SHARE: Final = 100
"""Of so many people one is in the first stage: those whose number it divides."""

OPEN = text("state IN (1, 2)")
"""What the index of those still to be sent to holds: pending and retry."""

FIRST = text(f"state IN (1, 2) AND person % {FIRST_SHARE} = 0")
"""What the index of the first stage holds: without it each look would pass over all the others."""

WORKING = text("state IN ('scheduled', 'gathering', 'sending', 'held')")
"""What the index of notices under way holds."""

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("starts_at", Instant),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    Column("gathered", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("because", Words, nullable=False),
    Column("corrects", Id),
    Column("channels", Compact),
    Column("content", Compact, nullable=False),
    Column("key", Text),
    Index("notice_begun", "author", "key", unique=True),
    Index("notice_state", "state", "id"),
    Index(
        "notice_working",
        "id",
        sqlite_where=WORKING,
        postgresql_where=WORKING,
    ),
)

notice_move = Table(
    "notice_move",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("deed", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("why", Words, nullable=False),
    PrimaryKeyConstraint("notice_id", "place"),
)

notice_wording = Table(
    "notice_wording",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("extra", Compact),
    UniqueConstraint("notice_id", "language"),
)

notice_recipient = Table(
    "notice_recipient",
    metadata,
    Column("person", Integer, nullable=False),
    Column("chat_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("notice_id", Integer, nullable=False),
    Column("seq", Integer),
    Column("reason", Integer, nullable=False),
    Column("state", Coded("row"), nullable=False),
    Column("channel", Coded("channel"), nullable=False),
    Column("zone", Coded("zone"), nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("done", SmallInteger, nullable=False),
    PrimaryKeyConstraint("person", "notice_id"),
    Index("notice_recipient_count", "notice_id", "state", "channel", "reason"),
    Index(
        "notice_recipient_open",
        "notice_id",
        "channel",
        "zone",
        "at",
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    ),
    Index(
        "notice_recipient_first",
        "notice_id",
        "channel",
        "zone",
        "at",
        sqlite_where=FIRST,
        postgresql_where=FIRST,
    ),
    sqlite_with_rowid=False,
)

notice_reason = Table(
    "notice_reason",
    metadata,
    Column("id", Id, primary_key=True),
    Column("word", Words, nullable=False),
    UniqueConstraint("word"),
)

notice_choice = Table(
    "notice_choice",
    metadata,
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("version", Text, nullable=False),
    PrimaryKeyConstraint("chat_id", "kind", "at"),
)

notice_answer = Table(
    "notice_answer",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("answer", SmallInteger, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("notice_id", "chat_id"),
)

notice_listed = Table(
    "notice_listed",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("row", Integer, nullable=False),
    Column("at_column", Text, nullable=False),
    Column("fault", Text, nullable=False),
    Column("person", Id),
    PrimaryKeyConstraint("notice_id", "row"),
    Index("notice_listed_person", "notice_id", "person"),
)

notice_trial = Table(
    "notice_trial",
    metadata,
    Column("login", Text, nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("login", "chat_id"),
)

notice_trial_code = Table(
    "notice_trial_code",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("login", Text, nullable=False),
    Column("until", Instant, nullable=False),
    Index("notice_trial_code_until", "until"),
)

notice_file = Table(
    "notice_file",
    metadata,
    Column("name", Text, primary_key=True),
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("notice_file_at", "at"),
)

notice_reply = Table(
    "notice_reply",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("chat_id", Id, ForeignKey("chat.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("notice_id", "chat_id"),
    Index("notice_reply_at", "at"),
)

notice_total = Table(
    "notice_total",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id"), nullable=False),
    Column("word", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("people", Integer, nullable=False),
    PrimaryKeyConstraint("notice_id", "word", "channel", "reason"),
)
