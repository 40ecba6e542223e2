"""What can be asked of the database about figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage import counting, facts, retention, sums
from storage.counting import Figures, Key
from storage.facts import Filling
from storage.run import Run


class FigureWork:
    """The part of a unit of work that is about figures."""

    _run: Run

    async def note_facts(self, noted: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Keep facts for the statistics, each as (channel, kind, name)."""
        await self._run(facts.note, noted, now)

    async def note_fillings(self, fillings: Iterable[Filling]) -> None:
        """Keep where drafts stand."""
        await self._run(facts.follow, fillings)

    async def keep_sums(self, day: date, figures: Figures) -> None:
        """Keep the sums of a day that is over."""
        await self._run(sums.keep, day, figures)

    async def forget_facts(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` facts noted earlier."""
        return await self._run(retention.facts, before, limit)

    async def forget_fillings(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` notes of drafts that have not moved since."""
        return await self._run(retention.fillings, before, limit)


class FigureLook:
    """The part of a look that is about figures."""

    _run: Run

    async def count(self, since: datetime, until: datetime, zone: ZoneInfo) -> Figures:
        """Count what happened in a span, from the rows themselves."""
        return await self._run(counting.count, since, until, zone)

    async def last_summed(self) -> date | None:
        """Find the last day that was summed up."""
        return await self._run(sums.last)

    async def earliest(self) -> datetime | None:
        """Find when the first of what is still kept happened."""
        return await self._run(sums.earliest)

    async def sums(self, first: date, until: date) -> Figures:
        """Add up the sums of days, the first and the last one included."""
        return await self._run(sums.read, first, until)

    async def sums_by_day(
        self, kinds: Iterable[str], first: date, until: date
    ) -> Mapping[tuple[date, Key], int]:
        """Count kinds by day and channel, the first and the last day included."""
        return await self._run(sums.by_day, kinds, first, until)
