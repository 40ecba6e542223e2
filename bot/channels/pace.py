"""The limits of a messenger, as it has published them or as was agreed with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

Again: TypeAlias = Callable[[], Awaitable[None]]
"""Returns when a message's call may go that had its turn, and has to go later or once more; raises
`Undelivered` when that is too far away."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a messenger lets us send: over all chats, and to one chat after a burst.

    ``paid_per_second`` is what notices have for themselves where that is paid for; 0 where they
    take what dialogs leave.
    """

    per_second: float
    chat_per_second: float
    chat_burst: int
    paid_per_second: float = 0.0

    @property
    def of_notices(self) -> float:
        """How many notices may go a second when nothing else does."""
        return self.paid_per_second or self.per_second


async def at_once() -> None:
    """Wait for nobody: where no pace is kept."""
