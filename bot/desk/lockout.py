"""Guessing is slowed down, per login and per address, with a pause that grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk.tokens import Tokens
from dialogs.attempts import Attempts
from storage.db import Store


@dataclass(frozen=True, slots=True)
class Law:
    """How many tries are free, and how long each further one waits."""

    free: int
    pauses: tuple[timedelta, ...]

    def free_at(self, tried: Attempts) -> datetime:
        """Tell from when on the next try is heard."""
        beyond = tried.count - self.free
        if beyond < 0:
            return tried.last_at
        return tried.last_at + self.pauses[min(beyond, len(self.pauses) - 1)]


def _minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


LAWS: Final[Mapping[str, Law]] = {
    # A stranger must not lock somebody out for long: the pauses of a login stay short.
    "login": Law(5, _minutes(1, 2, 5, 15)),
    "code": Law(5, _minutes(1, 2, 5, 15)),
    # A whole office may share one address.
    "address": Law(30, _minutes(1, 5, 15, 60)),
}


class Lockout:
    """Counts tries in the database, so a restart forgives nothing.

    A try is counted before it is looked at, so that many at once gain nothing, and taken
    back when it was right. Logins that do not exist are counted like those that do.
    """

    def __init__(self, store: Store, tokens: Tokens) -> None:
        self._store = store
        self._tokens = tokens

    async def wait(self, places: Mapping[str, str], now: datetime) -> timedelta:
        """Count one try at places, given by kind; or say how much too early it comes."""
        keys = self._keys(places)
        async with self._store.work() as work:
            tried = await work.attempts(keys, now)
            free = max((LAWS[kind].free_at(tried[key]) for key, kind in keys.items()), default=now)
            if free > now:
                return free - now
            await work.count({key: one.again(now) for key, one in tried.items()})
        return timedelta()

    async def forgive(self, places: Mapping[str, str], now: datetime) -> None:
        """Take a try back that was right; only the address remembers its earlier ones."""
        keys = self._keys(places)
        async with self._store.work() as work:
            tried = await work.attempts(keys, now)
            await work.count(
                {
                    key: Attempts(max(0, one.count - 1) if keys[key] == "address" else 0, now)
                    for key, one in tried.items()
                }
            )

    def _keys(self, places: Mapping[str, str]) -> dict[str, str]:
        """Map the keys of counts to their kinds; this very machine has no address to count at."""
        return {self._tokens.place(kind, place): kind for kind, place in places.items() if place}
