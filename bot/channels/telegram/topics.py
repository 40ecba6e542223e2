"""A forum of the staff: topics made, written into, closed and opened again."""

from typing import Final

from aiogram.methods import CloseForumTopic, CreateForumTopic, ReopenForumTopic, SendMessage
from aiogram.types import LinkPreviewOptions

from bot.channels.board import NoTopic, TopicClosed
from bot.channels.telegram.calling import Calls, Refused
from bot.channels.telegram.failures import Refusal

_LONGEST_NAME: Final = 128
_LONGEST_TEXT: Final = 4096


class Topics:
    """The topics of one supergroup; satisfies `bot.channels.board.Board`.

    Every call raises `Undelivered`, as `NoTopic` or `TopicClosed` where there is help.
    """

    def __init__(self, calls: Calls, forum: int) -> None:
        self._calls = calls
        self._forum = forum

    async def create(self, name: str) -> int:
        """Make a topic; return its thread."""
        made = await self._calls(CreateForumTopic(chat_id=self._forum, name=name[:_LONGEST_NAME]))
        return made.message_thread_id

    async def say(self, thread: int, text: str) -> None:
        """Write into a topic, as it is: no mark of ours is read in it."""
        said = SendMessage(
            chat_id=self._forum,
            message_thread_id=thread,
            text=text[:_LONGEST_TEXT],
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            await self._calls.send(said)
        except Refused as refused:
            raise _helped(refused) from None

    async def close(self, thread: int) -> None:
        """Close a topic; one that is closed stays so."""
        await self._turn(CloseForumTopic(chat_id=self._forum, message_thread_id=thread))

    async def reopen(self, thread: int) -> None:
        """Open a topic again; one that is open stays so."""
        await self._turn(ReopenForumTopic(chat_id=self._forum, message_thread_id=thread))

    async def _turn(self, call: CloseForumTopic | ReopenForumTopic) -> None:
        try:
            await self._calls(call)
        except Refused as refused:
            if refused.refusal is not Refusal.NOTHING_CHANGED:
                raise _helped(refused) from None


def _helped(refused: Refused) -> Exception:
    match refused.refusal:
        case Refusal.NO_TOPIC:
            return NoTopic(refused.failure, refused.reason)
        case Refusal.TOPIC_CLOSED:
            return TopicClosed(refused.failure, refused.reason)
    return refused
