"""What became of recipients: each row ends in one state with one reason.

Whom one chat cannot reach gets the notice in the next chat that is the same person's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)

from dialogs.notices.states import ROW_MOVES, Deed
from dialogs.notices.states import Row as State
from storage.columns import Instant
from storage.notice_schema import CHANNEL_CODES, notice, notice_recipient
from storage.notices import NoticeMove, for_change, note_move, reasons
from storage.people_schema import link
from storage.schema import chat
from storage.statements import pages

End: TypeAlias = Literal["accepted", "read", "retry", "failed", "unknown", "skipped"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one recipient; ``due_at`` is when a ``retry`` may go, from call ``done`` on."""

    notice: int
    person: int
    state: End
    reason: str = ""
    due_at: datetime | None = None
    done: int = 0


_rec = notice_recipient
_WAYS: Final[dict[End, list[State]]] = {
    end: [state for state, ends in ROW_MOVES.items() if end in ends]
    for end in ("accepted", "read", "retry", "failed", "unknown", "skipped")
}
_WAYS["retry"] = ["handed"]
_WAYS["failed"] = [*_WAYS["failed"], "pending", "retry"]  # who had gone before it was their turn
OF_NOTICE: Final = _rec.c.notice_id + 0 == bindparam("notice", type_=Integer)
"""Which notice, where rows are found by their persons.

The sum keeps databases from an index that begins with the notice: of a table that was just
filled they know nothing, and would look through all of its rows for each batch.
"""

_THESE = (
    OF_NOTICE,
    _rec.c.person.in_(bindparam("persons", expanding=True)),
    _rec.c.state.in_(bindparam("from", expanding=True)),
)
_END = (
    update(_rec)
    .where(*_THESE)
    .values(state=bindparam("end"), reason=bindparam("because"), at=bindparam("now"))
)
_AGAIN = (
    update(_rec)
    .where(
        _rec.c.notice_id == bindparam("this"),
        _rec.c.person == bindparam("whom"),
        _rec.c.state == "handed",
    )
    .values(
        state="retry",
        reason=bindparam("because"),
        at=bindparam("until"),
        done=bindparam("steps"),
    )
)
_ELSEWHERE = (
    update(_rec)
    .where(_rec.c.notice_id == bindparam("this"), _rec.c.person == bindparam("whom"))
    .values(
        state="pending",
        reason=0,
        at=bindparam("now"),
        seq=None,
        done=0,
        chat_id=bindparam("other"),
        channel=bindparam("through"),
    )
)
_HERE = select(_rec.c.chat_id, _rec.c.attempts).where(
    *_THESE[:1], _rec.c.person == bindparam("whom"), _THESE[2]
)
_MOST_CHATS: Final = 8
_now_in, _later = chat.alias("now_in"), chat.alias("later")


def _used(one: Any) -> Any:
    return func.coalesce(one.c.heard_at, one.c.seen_at, type_=Instant())


_NEXT: Select[Any] = (
    select(_later.c.id, _later.c.channel)
    .join(link, and_(link.c.chat_id == _later.c.id, link.c.role == "self"))
    .join(_now_in, _now_in.c.id == bindparam("here"))
    .where(
        link.c.insured_id == bindparam("insured"),
        _later.c.gone_at.is_(None),
        _later.c.channel.in_(bindparam("channels", expanding=True)),
        or_(
            _used(_later) < _used(_now_in),
            and_(_used(_later) == _used(_now_in), _later.c.id > _now_in.c.id),
        ),
    )
    .order_by(_used(_later).desc(), _later.c.id)
    .limit(1)
)
# Held until the commit: whoever ends the notice meanwhile leaves out what is written here.
_STANDING = (
    select(notice.c.state, notice.c.channels)
    .where(notice.c.id == bindparam("this"))
    .with_for_update(read=True)
)
_OVER: Final[dict[str, str]] = {"finished": "expired", "stopped": "stopped", "failed": "stopped"}
"""Why nothing is tried again, by the state in which a notice has ended."""

_OWN = select(-link.c.insured_id).where(link.c.chat_id == bindparam("this"), link.c.role == "self")


def settle(connection: Connection, settled: Iterable[Settled], now: datetime) -> None:
    """Write down what became of recipients; what may not follow on their state is passed over."""
    batch = sorted(settled, key=lambda one: (one.notice, one.state, one.reason))
    if not batch:
        return
    numbers = reasons(connection, {one.reason for one in batch} | {*_OVER.values()})
    for (number, state, reason), group in groupby(
        batch, key=lambda one: (one.notice, one.state, one.reason)
    ):
        ends = list(group)
        persons = [one.person for one in ends]
        standing = None
        if state in {"retry", "failed"}:
            standing = connection.execute(_STANDING, {"this": number}).one_or_none()
        over = _OVER.get(standing.state) if standing else None
        if state == "retry" and over:
            _end(connection, number, "skipped", numbers[over], persons, now)
            continue
        if state == "retry":
            connection.execute(_AGAIN, [_retry(one, numbers[reason], now) for one in ends])
            continue
        if state == "failed" and standing and not over:
            persons = _not_elsewhere(connection, number, standing.channels or (), persons, now)
        _end(connection, number, state, numbers[reason], persons, now)


def _end(
    connection: Connection,
    number: int,
    state: End,
    reason: int,
    persons: Sequence[int],
    now: datetime,
) -> None:
    for page in pages(persons):
        where = {"notice": number, "persons": list(set(page)), "from": _WAYS[state]}
        connection.execute(_END, where | {"end": state, "because": reason, "now": now})


def _retry(one: Settled, reason: int, now: datetime) -> dict[str, Any]:
    return {
        "this": one.notice,
        "whom": one.person,
        "because": reason,
        "until": one.due_at or now,
        "steps": one.done,
    }


def _not_elsewhere(
    connection: Connection,
    number: int,
    channels: Sequence[str],
    persons: Sequence[int],
    now: datetime,
) -> list[int]:
    """Send people on to their next chat; return those who have none."""
    left = [person for person in persons if person > 0]
    for person in (one for one in persons if one < 0):
        where = {"notice": number, "whom": person, "from": _WAYS["failed"]}
        here = connection.execute(_HERE, where).one_or_none()
        if here is None:
            continue
        other = _next_chat(connection, here, -person, channels)
        if other is None:
            left.append(person)
            continue
        there = {"this": number, "whom": person, "now": now}
        connection.execute(_ELSEWHERE, there | {"other": other.id, "through": other.channel})
    return left


def _next_chat(
    connection: Connection, here: Row[Any, Any], insured: int, channels: Sequence[str]
) -> Row[Any] | None:
    if here.attempts >= _MOST_CHATS:
        return None
    where = {"here": here.chat_id, "insured": insured, "channels": list(channels)}
    return connection.execute(_NEXT, where).one_or_none()


_HANDED = (
    _rec.c.notice_id == notice.c.id,
    _rec.c.state == "handed",
    _rec.c.channel == bindparam("through"),
)
_LAST_HANDED = select(func.max(_rec.c.at, type_=Instant())).where(*_HANDED).scalar_subquery()
# However long ago it began: a notice paused for a year may have handed over its last batch today.
_DOUBTFUL = select(notice.c.id, notice.c.state, _LAST_HANDED.label("last")).where(
    notice.c.state.in_(("sending", "paused", "stopped", "finished", "failed")),
    exists().where(*_HANDED),
)
_DOUBT = (
    update(_rec)
    .where(_rec.c.notice_id == bindparam("notice"), *_HANDED[1:])
    .values(state="unknown", reason=bindparam("because"), at=bindparam("now"))
)


def persons_of(connection: Connection, chat_id: int) -> list[int]:
    """List the numbers under which the person of a chat may stand in rows."""
    own = connection.execute(_OWN, {"this": chat_id}).scalars().all()
    return [chat_id, *own]


def interrupt(connection: Connection, channel: str, now: datetime) -> None:
    """Settle as unknown what a process that has died had handed over, and say so of the notice.

    A line that is no messenger's has handed nothing over.
    """
    if channel not in CHANNEL_CODES:
        return
    number = reasons(connection, ["interrupted"])["interrupted"]
    for row in connection.execute(_DOUBTFUL, {"through": channel}).all():
        for_change(connection, row.id)  # its moves are numbered one after the other
        where = {"notice": row.id, "through": channel}
        connection.execute(_DOUBT, where | {"because": number, "now": now})
        ways: tuple[tuple[datetime, Deed], ...] = ((row.last, "interrupt"), (now, "go_on"))
        for at, deed in ways:
            note_move(connection, row.id, NoticeMove(at, deed, row.state, "", "", channel))


def leave_out(connection: Connection, number: int, reason: str, now: datetime, limit: int) -> int:
    """Leave out at most so many of those still to be sent to; return how many.

    Whoever was put off because of a dialog until all was over was left out for that.
    """
    numbers = reasons(connection, [reason, "led"])
    because: Any = numbers[reason]
    if reason == "expired":
        because = case((_rec.c.reason == numbers["led"], numbers["led"]), else_=because)
    some = (
        select(_rec.c.person)
        .where(_rec.c.notice_id == number, _rec.c.state.in_(("pending", "retry")))
        .limit(limit)
    )
    statement = (
        update(_rec)
        .where(_rec.c.notice_id == number, _rec.c.person.in_(some))
        .values(state="skipped", reason=because, at=now)
    )
    return connection.execute(statement).rowcount


def opt_out(connection: Connection, chat_ids: Sequence[int], kind: str, now: datetime) -> None:
    """Leave people out of all notices of a kind that are still on their way to them."""
    because = reasons(connection, ["opted_out"])["opted_out"]
    linked = select(-link.c.insured_id).where(link.c.chat_id.in_(chat_ids), link.c.role == "self")
    statement = (
        update(_rec)
        .where(
            or_(_rec.c.person.in_(chat_ids), _rec.c.person.in_(linked)),
            _rec.c.state.in_(("pending", "retry")),
            _rec.c.notice_id.in_(select(notice.c.id).where(notice.c.kind == kind)),
        )
        .values(state="skipped", reason=because, at=now)
    )
    connection.execute(statement)
