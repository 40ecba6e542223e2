"""What can be asked of the database about applications, for the desk."""

from collections.abc import Mapping, Sequence

from dialogs.lifecycle import State
from storage import application_lists
from storage.application_lists import Entry
from storage.applications import Moving
from storage.run import Run


class ApplicationLook:
    """The part of a look that lists applications."""

    _run: Run

    async def applications_listed(
        self,
        state: State,
        regions: Sequence[str] | None = None,
        after: Entry | None = None,
        limit: int = 50,
    ) -> Sequence[Entry]:
        """Read a page of a state past ``after``; ``regions`` None means all of them."""
        return await self._run(application_lists.listed, state, regions, after, limit)

    async def application_counts(self, regions: Sequence[str] | None = None) -> Mapping[str, int]:
        """Count those that wait for somebody, by state."""
        return await self._run(application_lists.counts, regions)

    async def application_entry(self, number: str) -> Entry | None:
        """Look at one application as lists show it."""
        return await self._run(application_lists.one, number)

    async def application_life(self, number: str) -> Sequence[Moving]:
        """Read every move of an application."""
        return await self._run(application_lists.life, number)
