"""Small sets of a part of all people: who has said no, who has had their fill of notices.

Each is found once for a part and looked up in memory, where asking anew for every person
would cost a walk down an index each time. A part bounds them by ids, so they stay small, and
no database has to know its tables well to see that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, and_, exists, func, not_, select, type_coerce

from dialogs.notices.content import Content, Kind
from storage.notice_schema import ROW_CODES, notice_choice, notice_recipient

SELF: Final = "self"
_COUNTED: Final = [ROW_CODES[state] for state in ("handed", "accepted", "read", "unknown")]

Among: TypeAlias = Callable[[ColumnElement[int]], ColumnElement[bool]]
"""Says of a column of ids whether an id is one of those that are looked at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides who gets a notice: ``channels`` are those switched on and cleared for it.

    ``week_ago`` is since when notices count against a person's budget. ``uncleared`` are those
    switched on that may not carry what is personal in it.
    """

    notice: int
    content: Content
    channels: tuple[str, ...]
    at: datetime
    week_ago: datetime
    uncleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The ids above ``after`` up to ``to``: no more of them than fit a short transaction."""

    after: int
    to: int

    def holds(self, column: ColumnElement[int]) -> ColumnElement[bool]:
        """Tell whether an id is one of these."""
        return and_(column > self.after, column <= self.to)

    @property
    def opposite(self) -> "Part":
        """Return the same numbers below zero, where insured people stand in rows."""
        return Part(-self.to - 1, -self.after - 1)


def chose(kind: Kind, among: Among, *, agrees: bool) -> Select[Any]:
    """Find the chats whose last word of a kind of notices was yes, or no."""
    later = notice_choice.alias("later")
    changed = exists().where(
        later.c.chat_id == notice_choice.c.chat_id,
        later.c.kind == kind,
        later.c.at > notice_choice.c.at,
    )
    return select(notice_choice.c.chat_id).where(
        among(notice_choice.c.chat_id),
        notice_choice.c.kind == kind,
        notice_choice.c.agrees.is_(agrees),
        not_(changed),
    )


def had_their_fill(plan: Plan, among: Among) -> Select[Any]:
    """Find the persons who have had as many other notices in a week as this one's budget allows."""
    had = notice_recipient.alias("had")
    return (
        select(had.c.person)
        .where(
            among(had.c.person),
            had.c.notice_id != plan.notice,
            (type_coerce(had.c.state, Integer) + 0).in_(_COUNTED),  # see `OF_NOTICE`
            had.c.at >= plan.week_ago,
        )
        .group_by(had.c.person)
        .having(func.count() >= plan.content.budget)
    )
