"""What can be asked of the database about the forum of representatives."""

from collections.abc import Sequence

from storage import forums, staff
from storage.forums import Lagging, Topic
from storage.run import Run
from storage.staff import Staff


class ForumWork:
    """The part of a unit of work that is about topics."""

    _run: Run

    async def keep_topic(self, topic: Topic) -> None:
        """Write down what a topic has been told."""
        await self._run(forums.keep, topic)

    async def drop_topic(self, chat_id: int) -> None:
        """Forget the topic of a chat, which is there no longer."""
        await self._run(forums.drop, chat_id)


class ForumLook:
    """The part of a look that is about topics."""

    _run: Run

    async def lagging_talks(self, forum: int, limit: int) -> Sequence[Lagging]:
        """Read talks of which a forum does not know all yet."""
        return await self._run(forums.lagging, forum, limit)

    async def topic(self, forum: int, thread: int) -> Topic | None:
        """Find the topic of a thread."""
        return await self._run(forums.by_thread, forum, thread)

    async def staff_by_telegram(self, telegram: int) -> Staff | None:
        """Find the account that a Telegram user was named for."""
        return await self._run(staff.by_telegram, telegram)
