"""What can be asked of the database about applications."""

from collections.abc import Iterable, Mapping, Sequence

from dialogs.lifecycle import Application, State
from storage import application_lists, applications
from storage.application_lists import Entry, Whose
from storage.applications import Amendment, Filing, Handling, Moving, Paper
from storage.run import Run


class ApplicationWork:
    """The part of a unit of work that is about applications."""

    _run: Run

    async def applications(self, chat_ids: Iterable[int]) -> dict[int, tuple[Application, ...]]:
        """Read the newest applications of chats, by id, the newest first."""
        return await self._run(applications.of_chats, chat_ids)

    async def papers(self, numbers: Iterable[str]) -> dict[str, Paper]:
        """Read applications with their answers, by number."""
        return await self._run(applications.papers, numbers)

    async def file(self, filings: Iterable[Filing]) -> None:
        """Write down applications that people have filed."""
        await self._run(applications.file, filings)

    async def amend(self, amendments: Iterable[Amendment]) -> None:
        """Put new answers in the place of those filed."""
        await self._run(applications.amend, amendments)

    async def move(self, movings: Iterable[Moving]) -> None:
        """Write down moves of applications, in order."""
        await self._run(applications.move, movings)

    async def handle(self, handlings: Iterable[Handling]) -> None:
        """Write down who has applications from now on, in order."""
        await self._run(applications.handle, handlings)


class ApplicationLook:
    """The part of a look that is about applications."""

    _run: Run

    async def application(self, number: str) -> Paper | None:
        """Look at an application with its answers."""
        return (await self._run(applications.papers, [number])).get(number)

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
