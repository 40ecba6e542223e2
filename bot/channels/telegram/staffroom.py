"""What the staff write into the topics of their forum; nothing else of a group is heard."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.staffroom import Spoken, Staffroom
from bot.channels.telegram.wire import Message, Update


@dataclass(frozen=True, slots=True)
class Hearing:
    """Listens in one supergroup, by its id; without a ``staffroom`` nobody does."""

    forum: int
    staffroom: Staffroom | None

    async def hear(self, updates: Sequence[Update]) -> None:
        """Return once what was written there is durable; raises `Busy`."""
        if self.staffroom is None:
            return
        for update in updates:
            if spoken := read(update, self.forum):
                await self.staffroom.hear(spoken)


def read(update: Update, forum: int) -> Spoken | None:
    """Return what somebody wrote in a topic of the forum; None for anything else.

    The general topic has no thread, and what is edited later changes nothing that was sent.
    """
    match update:
        case Update(message=Message(chat=chat, sender=sender) as message) if sender:
            thread = message.message_thread_id
            is_there = chat.id == forum and thread is not None
            if not is_there or sender.is_bot or message.is_of_service:
                return None
            return Spoken(str(update.update_id), thread or 0, sender.id, message.text)
    return None
