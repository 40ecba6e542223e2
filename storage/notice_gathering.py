"""Gathering the recipients of a notice, a slice at a time, without any of them in our memory.

Each slice is one statement of the database in one short transaction, so dialogs go on, and
a process that dies between two of them leaves nothing half done: who is there stays there.
"""

from collections import Counter
from collections.abc import Callable, Iterator
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
    insert,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.exc import IntegrityError

from storage.notice_people import channel_code, of_guests, of_insured
from storage.notice_schema import ROW_CODES, notice_recipient
from storage.notice_sets import Part, Plan
from storage.notices import Notice, reasons
from storage.people_schema import link
from storage.schema import chat
from storage.statements import insert_absent

WHY_NOT: Final = ("opted_out", "no_consent", "blocked", "not_cleared", "no_channel", "budget")
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


Source = Callable[[Plan, str, Part], Select[Any]]


SOURCES: Final[tuple[tuple[Source, Select[Any]], ...]] = (
    (of_insured, _LAST_INSURED),
    (of_guests, _LAST_CHAT),
)
"""Where people come from, and up to which id; those whose name is known first."""


def parts(connection: Connection, plan: Plan) -> Iterator[Select[Any]]:
    """Yield queries that tell of all people, a part of them each."""
    for source, last in SOURCES:
        for after in range(0, connection.execute(last).scalar_one(), _SLICE):
            yield source(plan, connection.dialect.name, Part(after, after + _SLICE))


def preview(connection: Connection, plan: Plan) -> list[Counted]:
    """Count who would get a notice and who would not; nothing is written."""
    counted: Counter[tuple[str, str, bool]] = Counter()
    for part in parts(connection, plan):
        found = part.subquery("found")
        query = select(found.c.channel, found.c.reason, found.c.led, func.count().label("people"))
        for row in connection.execute(query.group_by(*list(query.selected_columns)[:3])):
            counted[row.channel, row.reason, bool(row.led)] += row.people
    return [Counted(*way, people) for way, people in sorted(counted.items())]


def some(connection: Connection, plan: Plan, limit: int) -> list[tuple[int, int]]:
    """Find a few who would get a notice: their persons and chats."""
    found: list[tuple[int, int]] = []
    for part in parts(connection, plan):
        query = part.subquery("found")
        chosen = select(query.c.person, query.c.chat_id).where(query.c.reason == "")
        rows = connection.execute(chosen.limit(limit - len(found)))
        found += [(row.person, row.chat_id) for row in rows]
        if len(found) >= limit:
            break
    return found


def gather(connection: Connection, gathering: Notice, plan: Plan) -> Notice:
    """Write down the next slice of recipients; ``stage`` is empty when all are there."""
    source, last, following = _WAYS[gathering.stage]
    end = connection.execute(last).scalar_one()
    to = gathering.gathered + _SLICE
    _write(connection, plan, source, Part(gathering.gathered, to))
    if to >= end:
        return replace(gathering, stage=following, gathered=0)
    return replace(gathering, gathered=to)


def _write(connection: Connection, plan: Plan, source: Source, part: Part) -> None:
    numbers = reasons(connection, WHY_NOT)
    # Set apart, lest databases work the reason out once for each place that it is used in.
    found = source(plan, connection.dialect.name, part).offset(0).subquery("found")
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
    try:
        with connection.begin_nested():
            connection.execute(insert(notice_recipient).from_select(list(_COLUMNS), rows))
    except IntegrityError:
        # To look for each whether it is there costs a third of the insert, and none ever should be.
        # SQLite needs a condition here, lest it take ON CONFLICT for a part of a join.
        absent = insert_absent(connection, notice_recipient)
        connection.execute(absent.from_select(list(_COLUMNS), rows.where(found.c.person != 0)))


_WAYS: Final = {
    "chats": (of_guests, _LAST_CHAT, "people"),
    "people": (of_insured, _LAST_INSURED, ""),
}
