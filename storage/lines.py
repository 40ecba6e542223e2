"""Lines: which process sends for a bot, and until when its messenger wants silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Text, bindparam, literal_column, or_, select, update

from storage.line_schema import line
from storage.notice_settling import interrupt
from storage.outbox import NOW, PENDING, UNTIL, take_turn
from storage.schema import outbox
from storage.statements import insert_absent

_A_WHILE: Final = timedelta(minutes=1)  # a flood that is over by then holds nothing up
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a bot, as it was when a process took it; ``reason`` says why it is held."""

    held_until: datetime
    reason: str


_STANDING = select(line).where(line.c.channel == bindparam("this")).with_for_update()
_HOLDER = bindparam("me", type_=line.c.holder.type)
_TAKE = (
    update(line)
    .where(
        line.c.channel == bindparam("this"),
        or_(line.c.holder == _HOLDER, line.c.leased_until <= NOW),
    )
    .values(holder=_HOLDER, leased_until=UNTIL)
)
_LEAVE = (
    update(line)
    .where(line.c.channel == bindparam("this"), line.c.holder == _HOLDER)
    .values(leased_until=_LONG_AGO)
)
_HOLD = (
    update(line)
    .where(line.c.channel == bindparam("this"))
    .values(held_until=UNTIL, reason=bindparam("because"))
)
_CLAIMED = (
    outbox.c.channel == bindparam("this"),
    outbox.c.state == PENDING,
    outbox.c.claimed_until.is_not(None),
)
_DOUBT = (
    update(outbox)
    .where(*_CLAIMED, outbox.c.lane == literal_column("'notice'", Text))
    .values(state="unknown", settled_at=NOW, claimed_until=None, reason="interrupted")
)
_FREE = (
    update(outbox)
    .where(*_CLAIMED, outbox.c.lane == literal_column("'dialog'", Text))
    .values(claimed_until=None)
)


def take(
    connection: Connection, channel: str, me: str, now: datetime, lease: timedelta
) -> Line | None:
    """Take or keep the line of a bot for as long as the lease; None while another has it.

    Who takes it from another, which has died, takes over what that had claimed: answers are
    sent again, for at least once is promised; of notices nobody knows, and at most once is.
    SQLite serves one process only, so its line is taken from whoever had it.
    """
    take_turn(connection)
    blank = {
        "channel": channel,
        "holder": "",
        "leased_until": _LONG_AGO,
        "held_until": _LONG_AGO,
        "reason": "",
    }
    connection.execute(insert_absent(connection, line), [blank])
    before = connection.execute(_STANDING, {"this": channel}).one()
    alone = connection.dialect.name == "sqlite"
    given = {"this": channel, "me": me, "now": now, "until": now + lease}
    taken = connection.execute(
        _TAKE, given | {"now": before.leased_until if alone else now}
    ).rowcount
    if not taken:
        return None
    if before.holder != me:
        for statement in (_DOUBT, _FREE):
            connection.execute(statement, {"this": channel, "now": now})
        interrupt(connection, channel, now)
    return Line(before.held_until, before.reason)


def down(connection: Connection, channels: Sequence[str], now: datetime) -> set[str]:
    """Name the messengers that nobody sends for, or that want silence for a while yet."""
    up = select(line.c.channel).where(
        line.c.channel.in_(channels),
        line.c.leased_until > now,
        line.c.held_until < now + _A_WHILE,
    )
    return set(channels) - set(connection.execute(up).scalars())


def leave(connection: Connection, channel: str, me: str) -> None:
    """Let another have the line at once."""
    connection.execute(_LEAVE, {"this": channel, "me": me})


def hold(connection: Connection, channel: str, until: datetime, reason: str) -> None:
    """Remember until when a messenger wants silence of the whole bot, and why."""
    connection.execute(_HOLD, {"this": channel, "until": until, "because": reason})
