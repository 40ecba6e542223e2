"""The pace of sending: never faster than a messenger allows, and dialogs first.

Two limits hold at once. Over all chats no more than a second's worth of calls may fall into
any second, those beside messages included. Notices take what dialogs leave of it, spread evenly,
each call of whatever kind taking its share: so whoever waits for an answer waits for one call, and
never for a crowd that came before. Where
notices are paid for they have a second's worth of their own. To one chat a burst may go, which
is then paid back. A messenger that asks for silence gets it from everybody; one that we grant
it of our own, because it failed, is spared messages only.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from bot.channels.base import Failure, Undelivered
from bot.channels.pace import Pace
from storage.outbox import Lane

Turn: TypeAlias = Lane | Literal["aside"]
"""Whose turn a call is: a lane's, or that of calls beside messages."""

_ORDER: Final[tuple[Turn, ...]] = ("aside", "dialog", "notice")
"""Who goes first where several wait."""

_SECOND: Final = 1.015  # what we call a second: calls may bunch up a little on their way
_EVENLY: Final = 1.02  # and one of notices, who leave dialogs a little room
_LATENESS: Final = 0.25  # seconds of notices made up for: on a busy machine all wake late
_HEEDED: Final = 5.0  # seconds after an answer in which notices make room for the next one
_EVENLY_HEEDING: Final = 1.03  # and what a second is to them then, so that there mostly is a place
_LATENESS_HEEDING: Final = 0.06  # and what they make up for
"""More would bunch up, and for long: in a second that is full each call goes a second after the one
in whose place it comes, so holes and bunches come back."""

_AHEAD: Final = 0.25  # seconds' worth that may go at once beyond it: what comes in needs room, too
_PEOPLE: Final = 4_000  # chats remembered; whoever rested is forgotten
_A_MOMENT: Final = 0.005
_TOO_LONG: Final = 10.0  # seconds; who has to wait longer waits in the outbox


class Second:
    """What may go in any second, at once or evenly spread."""

    def __init__(self, per_second: float) -> None:
        # Slower than one a second: one call in as many seconds as it takes.
        most = max(1, int(per_second))
        self._span = _SECOND * most / per_second
        self._steps = {False: _EVENLY / per_second, True: _EVENLY_HEEDING / per_second}
        self._sent: deque[float] = deque(maxlen=most)
        self._even_at = 0.0

    def free_at(self, *, evenly: bool) -> float:
        """Tell from when on there is room for one call more."""
        is_full = len(self._sent) == self._sent.maxlen
        free_at = self._sent[0] + self._span if is_full else 0.0
        return max(free_at, self._even_at if evenly else self._even_at - _AHEAD)

    def spend(self, now: float, *, heeding: bool = False) -> None:
        """Count a call; ``heeding``: it makes room for people who are being answered."""
        self._sent.append(now)
        lateness = _LATENESS_HEEDING if heeding else _LATENESS
        self._even_at = max(self._even_at, now - lateness) + self._steps[heeding]


class Budget:
    """What may be sent when; moments are seconds of one clock that never goes back."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._common = Second(pace.per_second)
        self._paid = Second(pace.paid_per_second) if pace.paid_per_second else None
        self._chats: dict[int, float] = {}
        self._silent_until = self._asked_until = self._heeding_until = 0.0

    def rivals(self, turn: Turn) -> tuple[Turn, ...]:
        """List those that a turn has to let pass; paid notices are in nobody's way."""
        return () if turn == "notice" and self._paid else _ORDER[: _ORDER.index(turn)]

    def wait(self, turn: Turn, now: float) -> float:
        """Return how many seconds a call has to wait for all chats' sake; 0 when none."""
        free_at = self._second(turn).free_at(evenly=turn == "notice")
        silent_until = self._asked_until if turn == "aside" else self._silent_until
        return max(0.0, free_at - now, silent_until - now)

    def wait_for(self, chat: int, now: float) -> float:
        """Return how many seconds a call has to wait for its chat's sake."""
        burst = (self._pace.chat_burst - 1) / self._pace.chat_per_second
        return max(0.0, self._chats.get(chat, 0.0) - burst - now)

    def spend(self, chat: int, lane: Lane, now: float) -> None:
        """Count a message's call that is made now."""
        if lane == "dialog":
            self._heeding_until = now + _HEEDED
        heeding = lane == "notice" and now < self._heeding_until
        self._second(lane).spend(now, heeding=heeding)
        if chat not in self._chats and len(self._chats) >= _PEOPLE:
            self._chats = {one: rested for one, rested in self._chats.items() if rested > now}
        rested = max(self._chats.get(chat, 0.0), now)
        self._chats[chat] = rested + 1 / self._pace.chat_per_second

    def spend_aside(self, now: float) -> None:
        """Count a call beside messages."""
        self._common.spend(now)

    def silence(self, until: float, *, asked: bool) -> None:
        """Let no message go before a moment, and nothing at all if that was asked for."""
        self._silent_until = max(self._silent_until, until)
        if asked:
            self._asked_until = max(self._asked_until, until)

    def _second(self, turn: Turn) -> Second:
        return self._paid if turn == "notice" and self._paid else self._common


class Governor:
    """Lets calls through one after another, each as soon as it may go; dialogs pass notices."""

    def __init__(self, pace: Pace, time: Callable[[], float] | None = None) -> None:
        self._budget = Budget(pace)
        self._time = time
        self._queues = {turn: asyncio.Lock() for turn in _ORDER}

    async def admit(self, chat: int, lane: Lane) -> None:
        """Return when a message's call may be made; it is counted.

        Raises `Undelivered` when that is too far away to be waited for.
        """
        while wait := self._budget.wait_for(chat, self._now()):  # noqa: ASYNC110 — the clock's turn
            await asyncio.sleep(wait)
        async with self._queues[lane]:
            await self._come_up(lane)
            self._budget.spend(chat, lane, self._now())

    async def admit_aside(self) -> None:
        """Return when a call beside messages may be made; it is counted. Raises `Undelivered`."""
        async with self._queues["aside"]:
            await self._come_up("aside")
            self._budget.spend_aside(self._now())

    def count(self, calls: int) -> None:
        """Count what has happened without asking, such as messages that came in."""
        for _ in range(calls):
            self._budget.spend_aside(self._now())

    def silence(self, seconds: float, *, asked: bool) -> None:
        """Let no message go for so long, and nothing at all if the messenger has ``asked``."""
        self._budget.silence(self._now() + seconds, asked=asked)

    async def _come_up(self, turn: Turn) -> None:
        while wait := self._wait(turn):
            if wait > _TOO_LONG:
                raise Undelivered(Failure.LATER, "the whole bot is held", after=wait)
            await asyncio.sleep(wait)

    def _wait(self, turn: Turn) -> float:
        wait = self._budget.wait(turn, self._now())
        if not wait:
            for rival in self._budget.rivals(turn):
                if self._queues[rival].locked():  # it waits for the same moment: it goes first
                    return self._budget.wait(rival, self._now()) or _A_MOMENT
        return wait

    def _now(self) -> float:
        return self._time() if self._time else asyncio.get_running_loop().time()
