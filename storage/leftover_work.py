"""What can be asked of the database about what waits for editors and for a second try."""

from collections.abc import Sequence

from storage import parked, wondered
from storage.parked import Parked
from storage.run import Run
from storage.wondered import Question, Sorted


class LeftoverWork:
    """The part of a unit of work that is about what the assistant could not do by itself."""

    _run: Run

    async def sort_questions(self, ids: Sequence[int], made: Sorted) -> None:
        """Write down what an editor says of questions that were asked in vain."""
        await self._run(wondered.sort, ids, made)

    async def drop_parked(self, this: int) -> None:
        """Forget an event that has had its turn, or will have none."""
        await self._run(parked.drop, this)


class LeftoverLook:
    """The part of a look that is about what the assistant could not do by itself."""

    _run: Run

    async def unanswered(self, limit: int) -> Sequence[Question]:
        """Read the newest questions that were asked in vain, the newest first."""
        return await self._run(wondered.newest, limit)

    async def parked_before(self, place: int | None, limit: int) -> Sequence[Parked]:
        """Read events that made the core raise, the newest first, before a place."""
        return await self._run(parked.before, place, limit)

    async def parked_event(self, this: int) -> Parked | None:
        """Look at one event that made the core raise."""
        return await self._run(parked.one, this)
