"""What can be asked of the database about reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from storage import reminders
from storage.reminders import Due, Wish
from storage.run import Run


class ReminderWork:
    """The part of a unit of work that is about reminders."""

    _run: Run

    async def remind(self, wishes: Iterable[Wish]) -> None:
        """Set reminders; a later wish of the same name takes the place of the earlier."""
        await self._run(reminders.remind, wishes)

    async def forget(self, names: Iterable[tuple[int, str]]) -> None:
        """Drop reminders, each by its chat's id and its name."""
        await self._run(reminders.forget, names)

    async def wake(self, alarms: Iterable[Wish]) -> set[Wish]:
        """Take reminders of loaded chats out; return those that were still set so."""
        return await self._run(reminders.wake, alarms)

    async def claim_reminders(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Due]:
        """Take up reminders whose moment has come; see `storage.reminders.claim`."""
        return await self._run(reminders.claim, now, lease, limit)


class ReminderLook:
    """The part of a look that is about reminders."""

    _run: Run

    async def has_due_reminders(self, now: datetime) -> bool:
        """Tell whether there are conversations to be woken."""
        return await self._run(reminders.wait, now)

    async def next_reminder(self) -> datetime | None:
        """Find the moment of the next reminder; None when there is none."""
        return await self._run(reminders.following)
