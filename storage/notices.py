"""Notices: what was written, in which state it is, and who moved it there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, bindparam, func, insert, or_, select, update

from dialogs.notices import content as contents
from dialogs.notices.content import Content
from dialogs.notices.states import ENDED, Deed, State
from storage.notice_schema import WORKING, notice, notice_move, notice_reason
from storage.statements import insert_absent


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; ``id`` is 0 for one not written down yet.

    ``revision`` grows with each edit. ``expected`` is how many people the one who answers
    for it was told of: who approved it, else who sent it. ``stage`` is how far it has come while it
    works: ``chats`` and ``people`` while recipients are gathered, up to ``gathered``, empty when
    all are there; then ``first`` and ``rest``. ``because`` is why it is held, paused or failed: one
    word, behind which the channels stand that are meant. ``corrects`` is the notice it puts right,
    0 if none.
    ``channels`` are those it may go through, known once it is gathered.
    """

    id: int
    content: Content = field(repr=False)
    state: State
    revision: int
    author: str
    created_at: datetime
    approver: str = ""
    expected: int = 0
    starts_at: datetime | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    gathered: int = 0
    stage: str = ""
    because: str = ""
    corrects: int = 0
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeMove:
    """One thing that was done to a notice; ``login`` is empty when the clock did it."""

    at: datetime
    deed: Deed
    state: State
    login: str
    name: str
    why: str = ""


_COLUMNS: Final[tuple[Column[Any], ...]] = (
    notice.c.id,
    notice.c.content,
    notice.c.state,
    notice.c.revision,
    notice.c.author,
    notice.c.created_at,
    notice.c.approver,
    notice.c.expected,
    notice.c.starts_at,
    notice.c.begun_at,
    notice.c.ended_at,
    notice.c.gathered,
    notice.c.stage,
    notice.c.because,
    notice.c.corrects,
    notice.c.channels,
)
_ALL = select(*_COLUMNS)
_ONE = _ALL.where(notice.c.id == bindparam("this"))
_WORKING = _ALL.where(
    WORKING,
    or_(
        notice.c.state != "scheduled",
        notice.c.starts_at.is_(None),
        notice.c.starts_at <= bindparam("now"),
    ),
).order_by(notice.c.id)
_LIST = _ALL.where(
    notice.c.state.in_(bindparam("states", expanding=True)),
    or_(bindparam("after") == 0, notice.c.id < bindparam("after")),
)
_MOVES = (
    select(*(one for one in notice_move.c if one.name not in {"notice_id", "place"}))
    .where(notice_move.c.notice_id == bindparam("this"))
    .order_by(notice_move.c.place)
)
_BEGUN = select(notice.c.id).where(
    notice.c.author == bindparam("login"), notice.c.key == bindparam("pressed")
)
_PLACE = select(func.count()).where(notice_move.c.notice_id == bindparam("this"))


def begin(connection: Connection, new: Notice, key: str = "") -> tuple[int, bool]:
    """Write a new notice down, once for each ``key`` of its author; tell its number, and if new."""
    row = {**_row(new), "key": key or None}
    added = insert_absent(connection, notice).returning(notice.c.id)
    number: int | None = connection.execute(added, row).scalar_one_or_none()
    if number is not None:
        return number, True
    where = {"login": new.author, "pressed": key}
    return connection.execute(_BEGUN, where).scalar_one(), False


def begun(connection: Connection, login: str, key: str) -> int | None:
    """Find the notice that somebody has begun by that key."""
    where = {"login": login, "pressed": key}
    number: int | None = connection.execute(_BEGUN, where).scalar_one_or_none()
    return number


def keep(connection: Connection, kept: Notice) -> None:
    """Write down what has become of a notice."""
    connection.execute(update(notice).where(notice.c.id == kept.id).values(_row(kept)))


def _row(kept: Notice) -> dict[str, Any]:
    return {
        "title": kept.content.title,
        "kind": kept.content.kind,
        "state": kept.state,
        "revision": kept.revision,
        "author": kept.author,
        "approver": kept.approver,
        "created_at": kept.created_at,
        "expected": kept.expected,
        "starts_at": kept.starts_at,
        "begun_at": kept.begun_at,
        "ended_at": kept.ended_at,
        "gathered": kept.gathered,
        "stage": kept.stage,
        "because": kept.because,
        "corrects": kept.corrects or None,
        "channels": list(kept.channels),
        "content": contents.dump(kept.content),
    }


def note_move(connection: Connection, number: int, move: NoticeMove) -> None:
    """Write down what was done to a notice, after all that was done before."""
    place = connection.execute(_PLACE, {"this": number}).scalar_one() + 1
    connection.execute(
        insert(notice_move).values(
            notice_id=number,
            place=place,
            at=move.at,
            deed=move.deed,
            state=move.state,
            login=move.login,
            name=move.name,
            why=move.why,
        )
    )


def for_change(connection: Connection, number: int) -> Notice | None:
    """Find a notice; nobody else changes it until the commit."""
    row = connection.execute(_ONE.with_for_update(), {"this": number}).one_or_none()
    return None if row is None else _read(row)


def one(connection: Connection, number: int) -> Notice | None:
    """Look at a notice."""
    row = connection.execute(_ONE, {"this": number}).one_or_none()
    return None if row is None else _read(row)


def working(connection: Connection, now: datetime) -> list[Notice]:
    """List the notices that the clock has something to do with by now."""
    return [_read(row) for row in connection.execute(_WORKING, {"now": now})]


def listed(
    connection: Connection, states: Sequence[State], after: int | None, limit: int
) -> list[Notice]:
    """List notices in some states, the newest first; ``after`` is the last one shown before."""
    where = {"states": list(states), "after": after or 0}
    found = connection.execute(_LIST.order_by(notice.c.id.desc()).limit(limit), where)
    return [_read(row) for row in found]


def moves(connection: Connection, number: int) -> list[NoticeMove]:
    """List what was done to a notice, the oldest first."""
    return [NoticeMove(*row) for row in connection.execute(_MOVES, {"this": number})]


def ended(state: State, one: Notice, now: datetime) -> Notice:
    """Put a notice into a state, noting when it has come to its end."""
    return replace(one, state=state, ended_at=now if state in ENDED else None)


def reasons(connection: Connection, words: Iterable[str]) -> dict[str, int]:
    """Give reasons their numbers for the rows of recipients, by word; no reason is 0."""
    wanted = sorted({word for word in words if word})
    if not wanted:
        return {"": 0}
    known = _numbered(connection, wanted)
    missing = [{"word": word} for word in wanted if word not in known]
    if missing:
        connection.execute(insert_absent(connection, notice_reason), missing)
        known = _numbered(connection, wanted)
    return {"": 0, **known}


def _numbered(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    query = select(notice_reason.c.word, notice_reason.c.id).where(
        notice_reason.c.word.in_(bindparam("words", expanding=True))
    )
    return {row.word: row.id for row in connection.execute(query, {"words": list(words)})}


def reason_words(connection: Connection) -> dict[int, str]:
    """Read what the numbers of reasons mean; there are a few dozen."""
    found = connection.execute(select(notice_reason.c.id, notice_reason.c.word))
    return {0: "", **{row.id: row.word for row in found}}


def _read(row: Row[Any]) -> Notice:
    told: dict[str, Any] = row._asdict()
    told["content"] = contents.load(told["content"])
    told["corrects"] = told["corrects"] or 0
    told["channels"] = tuple(told["channels"] or ())
    return Notice(**told)
