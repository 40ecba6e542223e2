"""What can be asked of the database about applications, for the desk."""

from collections.abc import Iterable, Mapping, Sequence

from dialogs.lifecycle import State
from storage import application_lists, applications
from storage.application_lists import Entry, Whose
from storage.applications import Handling, Moving
from storage.run import Run


class ApplicationWork:
    """The part of a unit of work that is about who has applications."""

    _run: Run

    async def handle(self, handlings: Iterable[Handling]) -> None:
        """Write down who has applications from now on, in order."""
        await self._run(applications.handle, handlings)


class ApplicationLook:
    """The part of a look that lists applications."""

    _run: Run

    async def applications_listed(
        self,
        state: State,
        regions: Sequence[str] | None = None,
        after: Entry | None = None,
        limit: int = 50,
        whose: Whose = None,
    ) -> Sequence[Entry]:
        """Read a page of a state past ``after``; ``regions`` None means all of them.

        ``whose`` is a login, empty for those that nobody has, None for everybody's.
        """
        return await self._run(application_lists.listed, state, regions, after, limit, whose)

    async def application_counts(
        self, regions: Sequence[str] | None = None, whose: Whose = None
    ) -> Mapping[str, int]:
        """Count those that wait for somebody, by state."""
        return await self._run(application_lists.counts, regions, whose)

    async def application_entry(self, number: str) -> Entry | None:
        """Look at one application as lists show it."""
        return await self._run(application_lists.one, number)

    async def application_life(self, number: str) -> Sequence[Moving]:
        """Read every move of an application."""
        return await self._run(application_lists.life, number)
