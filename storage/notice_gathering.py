"""Gathering the recipients of a notice, a slice at a time, without any of them in our memory.

Each slice is one statement of the database in one short transaction, so dialogs go on, and
a process that dies between two of them leaves nothing half done: who is there stays there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    SmallInteger,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
)

from storage.notice_people import Plan, channel_code, of_guests, of_insured
from storage.notice_schema import ROW_CODES, notice_recipient
from storage.notices import Notice, reasons
from storage.people_schema import link
from storage.schema import chat
from storage.statements import insert_absent

WHY_NOT: Final = ("opted_out", "no_consent", "blocked", "not_cleared", "budget")
_SLICE: Final = 20_000  # ids of one transaction: a fraction of a second

_LAST_CHAT = select(func.coalesce(func.max(chat.c.id), 0))
_LAST_INSURED = select(func.coalesce(func.max(link.c.insured_id), 0))
_COLUMNS: Final = (
    "person",
    "notice_id",
    "chat_id",
    "at",
    "seq",
    "reason",
    "state",
    "channel",
    "zone",
    "attempts",
    "done",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people go one way: through a channel, or left out for a reason.

    ``led`` ones are in a dialog with a representative and get it afterwards.
    """

    channel: str
    reason: str
    led: bool
    people: int


Source = Callable[[Plan, str, int, int], Select[Any]]


SOURCES: Final[tuple[tuple[Source, Select[Any]], ...]] = (
    (of_guests, _LAST_CHAT),
    (of_insured, _LAST_INSURED),
)
"""Where people come from, and up to which id: guests, and insured people."""


def preview(connection: Connection, plan: Plan) -> list[Counted]:
    """Count who would get a notice and who would not; nothing is written."""
    dialect = connection.dialect.name
    counted: dict[tuple[str, str, bool], int] = {}
    for source, last in SOURCES:
        to = connection.execute(last).scalar_one()
        found = source(plan, dialect, 0, to).subquery("found")
        query = select(found.c.channel, found.c.reason, found.c.led, func.count().label("people"))
        for row in connection.execute(query.group_by(*list(query.selected_columns)[:3])):
            way = (row.channel, row.reason, bool(row.led))
            counted[way] = counted.get(way, 0) + row.people
    return [Counted(*way, people) for way, people in sorted(counted.items())]


def some(connection: Connection, plan: Plan, limit: int) -> list[tuple[int, int]]:
    """Find a few who would get a notice: their persons and chats."""
    dialect, found = connection.dialect.name, []
    for source, last in reversed(SOURCES):
        to = connection.execute(last).scalar_one()
        query = source(plan, dialect, 0, to).subquery("found")
        chosen = select(query.c.person, query.c.chat_id).where(query.c.reason == "")
        found += [(row.person, row.chat_id) for row in connection.execute(chosen.limit(limit))]
    return found[:limit]


def gather(connection: Connection, gathering: Notice, plan: Plan) -> Notice:
    """Write down the next slice of recipients; ``stage`` is empty when all are there."""
    source, last, following = _WAYS[gathering.stage]
    end = connection.execute(last).scalar_one()
    to = gathering.gathered + _SLICE
    _write(connection, plan, source, gathering.gathered, to)
    if to >= end:
        return replace(gathering, stage=following, gathered=0)
    return replace(gathering, gathered=to)


def _write(connection: Connection, plan: Plan, source: Source, after: int, to: int) -> None:
    numbers = reasons(connection, WHY_NOT)
    # Set apart, lest databases work the reason out once for each place that it is used in.
    found = source(plan, connection.dialect.name, after, to).offset(0).subquery("found")
    rows = select(
        found.c.person,
        cast(literal_column(str(plan.notice)), Integer),
        found.c.chat_id,
        literal(plan.at, notice_recipient.c.at.type),
        cast(null(), Integer),
        case(
            {word: literal_column(str(numbers[word])) for word in WHY_NOT},
            value=found.c.reason,
            else_=literal_column("0"),
        ),
        cast(
            case(
                (found.c.reason == "", literal_column(str(ROW_CODES["pending"]))),
                else_=literal_column(str(ROW_CODES["skipped"])),
            ),
            SmallInteger,
        ),
        channel_code(found.c.channel),
        found.c.zone,
        cast(literal_column("0"), SmallInteger),
        cast(literal_column("0"), SmallInteger),
    )
    # SQLite needs a condition here, lest it take ON CONFLICT for a part of a join.
    chosen = rows.where(found.c.person != 0)
    statement = insert_absent(connection, notice_recipient).from_select(list(_COLUMNS), chosen)
    connection.execute(statement)


_WAYS: Final = {
    "chats": (of_guests, _LAST_CHAT, "people"),
    "people": (of_insured, _LAST_INSURED, ""),
}
