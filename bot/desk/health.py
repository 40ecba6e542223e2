"""Whether messengers are at work: what the lines of this process and the database say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from bot.desk.visit import Visit
from bot.forum.trouble import Trouble
from storage.watching import Backlog, Held

Standing: TypeAlias = Literal["good", "slow", "held", "deaf", "dead"]
"""``slow``: messages wait; ``held``: the messenger wants silence; ``deaf``: it sends but does not
receive; ``dead``: no process sends for it."""

STANDINGS: Final[tuple[Standing, ...]] = ("good", "slow", "held", "deaf", "dead")
_SLOW: Final = timedelta(minutes=1)
_NONE: Final = Backlog(0, None)


@dataclass(frozen=True, slots=True)
class Channel:
    """One messenger: ``lag`` is how long the first message has waited that might have gone."""

    name: str
    standing: Standing
    waiting: int
    lag: timedelta
    held_until: datetime | None = None
    reason: str = ""

    @property
    def kind(self) -> str:
        """Tell the kind of its badge."""
        return {"good": "good", "slow": "warn", "held": "warn"}.get(self.standing, "alert")


async def channels(visit: Visit) -> list[Channel]:
    """Look at every messenger that this program speaks through."""
    async with visit.desk.store.look() as look:
        lines = await look.line_states()
        backlogs = await look.backlogs(visit.now)
    deaf = {line.name: line.reception for line in visit.desk.lines if line.reception}
    names = [line.name for line in visit.desk.lines]
    return [
        _channel(name, lines.get(name), backlogs, deaf.get(name, ""), visit.now) for name in names
    ]


def forum(visit: Visit) -> Trouble | None:
    """Look why the staff's group is not told; what may be over in a moment is no trouble."""
    found = visit.desk.forum()
    is_slip = found is not None and found.passes and visit.now - found.since < _SLOW
    return None if is_slip else found


def _channel(
    name: str, held: Held | None, backlogs: Mapping[str, Backlog], deaf: str, now: datetime
) -> Channel:
    backlog = backlogs.get(name, _NONE)
    lag = max(timedelta(), now - backlog.since) if backlog.since else timedelta()
    if held is None or held.leased_until <= now:
        return Channel(name, "dead", backlog.waiting, lag)
    if held.held_until > now:
        return Channel(name, "held", backlog.waiting, lag, held.held_until, held.reason)
    if deaf:
        return Channel(name, "deaf", backlog.waiting, lag, None, deaf)
    return Channel(name, "slow" if lag > _SLOW else "good", backlog.waiting, lag)
