"""What can be asked of the database to be forgotten once its time is over."""

from datetime import datetime

from storage import records, retention
from storage.run import Run


class RetentionWork:
    """The part of a unit of work that is about forgetting."""

    _run: Run

    async def forget_messages(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` messages older than that, but none still to be sent."""
        return await self._run(retention.messages, before, limit)

    async def forget_inbox(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` keys of what was received earlier."""
        return await self._run(retention.received, before, limit)

    async def forget_parked(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` events parked earlier."""
        return await self._run(retention.parked_events, before, limit)

    async def forget_wondered(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` questions asked earlier."""
        return await self._run(retention.questions, before, limit)

    async def forget_files(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` files received earlier, whatever they belong to."""
        return await self._run(retention.files, before, limit)

    async def forget_loose_files(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` files that have had no place since earlier."""
        return await self._run(retention.loose_files, before, limit)

    async def forget_applications(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` applications that ended earlier, with all that is theirs."""
        return await self._run(records.applications, before, limit)

    async def forget_consents(self, before: datetime, limit: int) -> int:
        """Delete at most ``limit`` consents given earlier that nothing rests on any more."""
        return await self._run(records.consents, before, limit)
