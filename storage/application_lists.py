"""Applications as the desk lists them: one state at a time, page by page, by key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, Select, bindparam, func, select, tuple_

from dialogs.lifecycle import Move, State
from storage.applications import Moving
from storage.schema import application, application_move, chat

Whose: TypeAlias = str | None
"""The login of who has an application; empty for those that nobody has, None for all."""

TERMED: Final[frozenset[State]] = frozenset({"submitted", "in_review", "needs_clarification"})
"""States with a day by which something is promised or asked for: listed by it, the first first."""

COUNTED: Final[frozenset[State]] = TERMED | {"suspended", "approved"}
"""States in which somebody has to look at an application, or to end it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An application in a list; ``handler`` names who has it, ``taken_by`` is their login."""

    number: str
    form: str
    state: State
    about: str = field(repr=False)
    filed_at: datetime
    due_on: date | None
    region: str
    chat_id: int
    channel: str
    handler: str
    taken_by: str = ""

    def is_free_for(self, login: str) -> bool:
        """Tell whether that one may decide it: it is theirs, or nobody's."""
        return self.taken_by in ("", login)


_COLUMNS: Final = (
    application.c.number,
    application.c.form,
    application.c.state,
    application.c.about,
    application.c.filed_at,
    application.c.due_on,
    application.c.region,
    application.c.chat_id,
    chat.c.channel,
    application.c.taken_name,
    application.c.taken_by,
)
_LISTED = select(*_COLUMNS).join(chat, chat.c.id == application.c.chat_id)
_OF_STATE = _LISTED.where(application.c.state == bindparam("of_state")).limit(bindparam("most"))
_NUMBER = bindparam("after", type_=application.c.number.type)
_BY_TERM = _OF_STATE.order_by(application.c.due_on, application.c.number)
_PAST_TERM = tuple_(application.c.due_on, application.c.number) > tuple_(
    bindparam("at", type_=application.c.due_on.type), _NUMBER
)
_BY_FILING = _OF_STATE.order_by(application.c.filed_at.desc(), application.c.number.desc())
_BEFORE_FILING = tuple_(application.c.filed_at, application.c.number) < tuple_(
    bindparam("at", type_=application.c.filed_at.type), _NUMBER
)
_ONE = _LISTED.where(application.c.number == bindparam("this"))
_COUNTS = (
    select(application.c.state, func.count())
    .where(application.c.state.in_(bindparam("states", expanding=True)))
    .group_by(application.c.state)
)
_OF_ONE = application.c.taken_by == bindparam("whose")
_AMONG = application.c.region.in_(bindparam("regions", expanding=True))
_LIFE = (
    select(
        application_move.c.place,
        application_move.c.at,
        application_move.c.state,
        application_move.c.actor,
        application_move.c.actor_name,
        application_move.c.reason,
        application_move.c.steps,
    )
    .where(application_move.c.number == bindparam("this"))
    .order_by(application_move.c.place)
)


def listed(
    connection: Connection,
    state: State,
    regions: Sequence[str] | None,
    after: Entry | None,
    limit: int,
    whose: Whose = None,
) -> list[Entry]:
    """Read a page of a state, past the application ``after``; ``whose`` as in `Whose`."""
    is_termed = state in TERMED
    query = _BY_TERM if is_termed else _BY_FILING
    where: dict[str, Any] = {"of_state": state, "most": limit}
    if after is not None:
        query = query.where(_PAST_TERM if is_termed else _BEFORE_FILING)
        where |= {"at": after.due_on if is_termed else after.filed_at, "after": after.number}
    return [_entry(row) for row in _asked(connection, query, where, regions, whose)]


def counts(
    connection: Connection, regions: Sequence[str] | None, whose: Whose = None
) -> Mapping[str, int]:
    """Count the applications of each state that somebody has to look at."""
    where: dict[str, Any] = {"states": sorted(COUNTED)}
    return {row[0]: row[1] for row in _asked(connection, _COUNTS, where, regions, whose)}


def one(connection: Connection, number: str) -> Entry | None:
    """Look at one application as lists show it."""
    row = connection.execute(_ONE, {"this": number}).one_or_none()
    return _entry(row) if row else None


def life(connection: Connection, number: str) -> list[Moving]:
    """Read every move of an application, with who of the staff made it."""
    return [
        Moving(
            number,
            row.place,
            Move(row.state, row.at, row.actor, row.reason),
            row.actor_name,
            steps=tuple(row.steps or ()),
        )
        for row in connection.execute(_LIFE, {"this": number})
    ]


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    return Entry(*row)


def _asked(
    connection: Connection,
    query: Select[Any],
    where: dict[str, Any],
    regions: Sequence[str] | None,
    whose: Whose,
) -> Any:
    if whose is not None:
        query, where = query.where(_OF_ONE), where | {"whose": whose}
    if regions is None:
        return connection.execute(query, where)
    return connection.execute(query.where(_AMONG), where | {"regions": list(regions)})
