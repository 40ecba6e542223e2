"""What representatives decide of applications, told to the citizen in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.channels.base import Intake
from bot.ledger import HasIt, NotAllowed
from bot.letters import Decision, Entry, Refused
from dialogs.incoming import Moved
from dialogs.lifecycle import State
from storage.db import Store

__all__ = ["Deciding", "HasIt", "NotAllowed", "Refused"]

_NAMES: Final[Mapping[State, str]] = {
    "in_review": "take",
    "submitted": "release",
    "needs_clarification": "clarify",
    "approved": "approve",
    "rejected": "reject",
    "completed": "complete",
}
"""What the journal calls the move to a state."""


class Deciding:
    """Moves applications in the name of representatives.

    Each method takes the application's number, the representative's ``name`` and a ``key``
    of that one decision: handed in again with its key it does nothing, so a page may be sent
    twice. It returns when the move and its telling are durable, and raises `Refused`, mostly
    as `NotAllowed`, when the move may not be made, as `HasIt` when a colleague has the
    application; then nothing has changed. ``login`` is by whom an application is known to be
    theirs, and in the journal, which the same transaction writes.
    """

    def __init__(
        self, turns: Intake, store: Store, clock: Callable[[], datetime], login: str = ""
    ) -> None:
        self._login = login
        self._turns = turns
        self._store = store
        self._clock = clock

    async def take(self, number: str, name: str, *, key: str) -> None:
        """Take an application into review; of two who take it the second is refused."""
        await self._decide(number, name, key, "in_review")

    async def take_over(self, number: str, name: str, seen: str, *, key: str) -> None:
        """Take an application from the colleague of that login; of two who do the first has it."""
        await self._decide(number, name, key, takes_from=seen)

    async def release(self, number: str, name: str, *, key: str) -> None:
        """Give an application back to those that wait."""
        await self._decide(number, name, key, "submitted")

    async def clarify(
        self, number: str, name: str, steps: Sequence[str], words: str, *, key: str
    ) -> None:
        """Ask the citizen to answer these steps again, and say why."""
        await self._decide(number, name, key, "needs_clarification", words, tuple(steps))

    async def approve(self, number: str, name: str, *, key: str) -> None:
        """Approve an application."""
        await self._decide(number, name, key, "approved")

    async def reject(self, number: str, name: str, reason: str, *, key: str) -> None:
        """Reject an application, and say why."""
        await self._decide(number, name, key, "rejected", reason)

    async def complete(self, number: str, name: str, *, key: str) -> None:
        """End an approved application: what was asked for is done."""
        await self._decide(number, name, key, "completed")

    async def _decide(
        self,
        number: str,
        name: str,
        key: str,
        state: State = "in_review",
        reason: str = "",
        steps: tuple[str, ...] = (),
        takes_from: str | None = None,
    ) -> None:
        async with self._store.look() as look:
            paper = await look.application(number)
        if paper is None:
            raise Refused("there is no such application")
        await self._turns.take(
            Decision(
                channel=paper.channel,
                chat=paper.address,
                key=f"decision:{self._login}:{number}:{key}",
                incoming=Moved(number, paper.application.form, state, reason, steps=steps),
                sent_at=self._clock(),
                name=name,
                login=self._login,
                takes_from=takes_from,
                entry=self._entry(number, state, takes_from),
            )
        )

    def _entry(self, number: str, state: State, takes_from: str | None) -> Entry:
        about = f"application:{number}"
        if takes_from is not None:
            return Entry(self._login, "application_taken_over", about, takes_from)
        return Entry(self._login, "application_moved", about, _NAMES[state])
