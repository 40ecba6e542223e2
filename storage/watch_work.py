"""What can be asked of the database by whoever watches over the desk and the messengers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from storage import watching
from storage.run import Run
from storage.talk_lists import Listed
from storage.watching import Backlog, Failure, Held, Present

_SHOWN = 50


class WatchWork:
    """The part of a unit of work that is about what went wrong."""

    _run: Run

    async def send_again(self, message: int, now: datetime) -> bool:
        """Send a message that has failed once more, by its id in the outbox; tell whether it is."""
        return await self._run(watching.send_again, message, now)


class WatchLook:
    """The part of a look that is about how it stands."""

    _run: Run

    async def present(self, since: datetime, regions: Collection[str] | None) -> Sequence[Present]:
        """List who has been at the desk since a moment, and who leads talks of these regions."""
        return await self._run(watching.present, since, regions)

    async def lapsing(self, until: datetime, regions: Collection[str] | None) -> Sequence[Listed]:
        """List the talks whose leases end by then, the first one first."""
        return await self._run(watching.lapsing, until, regions)

    async def failures(
        self, since: datetime, regions: Collection[str] | None, limit: int = _SHOWN
    ) -> Sequence[Failure]:
        """List the messages that have failed since then, the newest first."""
        return await self._run(watching.failures, since, regions, limit)

    async def failure_region(self, message: int) -> str | None:
        """Find in which region the person of a message lives, by its id in the outbox."""
        return await self._run(watching.region_of, message)

    async def backlogs(self, now: datetime) -> Mapping[str, Backlog]:
        """Tell what waits to be sent, by channel."""
        return await self._run(watching.backlogs, now)

    async def line_states(self) -> Mapping[str, Held]:
        """Tell how the lines stand, by channel."""
        return await self._run(watching.lines)

    async def facts_since(
        self, kinds: Sequence[str], since: datetime
    ) -> Mapping[tuple[str, str], int]:
        """Count facts of some kinds, by kind and name."""
        return await self._run(watching.facts, kinds, since)

    async def parked_since(self, since: datetime) -> int:
        """Count the events that the core could not take."""
        return await self._run(watching.parked_since, since)
