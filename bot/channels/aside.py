"""Calls beside messages, which a messenger counts as well: answers to presses, signs, polls."""

from collections.abc import Awaitable, Callable
from typing import Protocol, runtime_checkable

from bot.channels.pace import at_once


class Aside:
    """Where an adapter has such calls wait for their turn; they are few, and go before messages.

    Until a sender has joined, nobody waits and nothing is counted.
    """

    def __init__(self) -> None:
        self._admit: Callable[[], Awaitable[None]] = at_once
        self._count: Callable[[int], None] = _nothing

    def join(self, admit: Callable[[], Awaitable[None]], count: Callable[[int], None]) -> None:
        """Let a pace decide from now on."""
        self._admit, self._count = admit, count

    async def admit(self) -> None:
        """Return when a call may be made; raises `Undelivered` when that is too far away."""
        await self._admit()

    def count(self, calls: int) -> None:
        """Count what waits for nobody, such as messages of people where they count."""
        self._count(calls)


@runtime_checkable
class HasAside(Protocol):
    """A messenger that has them."""

    @property
    def aside(self) -> Aside:
        """Its calls beside messages."""
        ...


def _nothing(_: int) -> None:
    pass
