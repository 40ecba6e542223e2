"""The pace of sending: never faster than a messenger allows, and dialogs first.

Two limits hold at once. Over all chats no more than a second's worth of calls may fall into
any second. Notices take what dialogs leave of it, spread evenly: so whoever waits for an answer
waits for one call, and never for a crowd that came before. To one chat a burst may go, which
is then paid back. A messenger that asks for silence gets it from everybody.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

from bot.channels.base import Failure, Pace, Undelivered
from storage.outbox import Lane

_SECOND: Final = 1.02  # what we call a second: calls may bunch up a little on their way
_LATENESS: Final = 0.05  # seconds of notices that may be made up for: nobody is woken to the point
_PEOPLE: Final = 20_000  # chats remembered; whoever rested is forgotten
_A_MOMENT: Final = 0.005
_TOO_LONG: Final = 10.0  # seconds; who has to wait longer waits in the outbox


class Budget:
    """What may be sent when; moments are seconds of one clock that never goes back."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        # Slower than one a second: one call in as many seconds as it takes.
        self._most = max(1, int(pace.per_second))
        self._span = _SECOND * self._most / pace.per_second
        self._step = self._span / self._most
        self._sent: deque[float] = deque(maxlen=self._most)
        self._next_notice = 0.0
        self._paid: dict[int, float] = {}
        self._silent_until = 0.0

    def wait(self, lane: Lane, now: float) -> float:
        """Return how many seconds a call has to wait for all chats' sake; 0 when none."""
        until = [self._silent_until]
        if len(self._sent) == self._most:
            until.append(self._sent[0] + self._span)
        if lane == "notice":
            until.append(self._next_notice)
        return max(0.0, max(until) - now)

    def wait_for(self, chat: int, now: float) -> float:
        """Return how many seconds a call has to wait for its chat's sake."""
        burst = (self._pace.chat_burst - 1) / self._pace.chat_per_second
        return max(0.0, self._paid.get(chat, 0.0) - burst - now)

    def spend(self, chat: int, lane: Lane, now: float) -> None:
        """Count a call that is made now."""
        self._sent.append(now)
        if lane == "notice":
            self._next_notice = max(self._next_notice, now - _LATENESS) + self._step
        if chat not in self._paid and len(self._paid) >= _PEOPLE:
            self._paid = {one: paid for one, paid in self._paid.items() if paid > now}
        paid = max(self._paid.get(chat, 0.0), now)
        self._paid[chat] = paid + 1 / self._pace.chat_per_second

    def silence(self, until: float) -> None:
        """Let nothing go before a moment."""
        self._silent_until = max(self._silent_until, until)


class Governor:
    """Lets calls through one after another, each as soon as it may go; dialogs pass notices."""

    def __init__(self, pace: Pace, time: Callable[[], float] | None = None) -> None:
        self._budget = Budget(pace)
        self._time = time
        self._queues = {"dialog": asyncio.Lock(), "notice": asyncio.Lock()}

    async def admit(self, chat: int, lane: Lane) -> None:
        """Return when a call may be made; it is counted.

        Raises `Undelivered` when that is too far away to be waited for.
        """
        while wait := self._budget.wait_for(chat, self._now()):  # noqa: ASYNC110 — the clock's turn
            await asyncio.sleep(wait)
        async with self._queues[lane]:
            while wait := self._wait(lane):
                if wait > _TOO_LONG:
                    raise Undelivered(Failure.LATER, "the whole bot is held", after=wait)
                await asyncio.sleep(wait)
            self._budget.spend(chat, lane, self._now())

    def silence(self, seconds: float) -> None:
        """Let nothing go for so long."""
        self._budget.silence(self._now() + seconds)

    def _wait(self, lane: Lane) -> float:
        wait = self._budget.wait(lane, self._now())
        if lane == "notice" and not wait and self._queues["dialog"].locked():
            # A dialog waits for the same moment: it goes first.
            return self._budget.wait("dialog", self._now()) or _A_MOMENT
        return wait

    def _now(self) -> float:
        return self._time() if self._time else asyncio.get_running_loop().time()
