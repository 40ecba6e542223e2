"""Where a person was met last: in the messenger itself, in a window, or not at all any more."""

from dataclasses import replace

from bot.channels.base import Letter
from bot.letters import is_from_person
from dialogs.incoming import Returned, Stopped
from storage.chats import Chat


def met(chat: Chat, letter: Letter) -> Chat:
    """Know that the person is there when they did something, and gone when they said so."""
    if isinstance(letter.incoming, Stopped):
        return replace(chat, gone_at=letter.sent_at)
    if isinstance(letter.incoming, Returned):
        return replace(chat, gone_at=None)
    if letter.window:
        return replace(chat, window_at=letter.sent_at, left_at=None)
    if is_from_person(letter):
        phone = letter.phone or chat.phone
        return replace(
            chat,
            gone_at=None,
            heard_at=letter.sent_at,
            window_at=None,
            left_at=None,
            phone=phone,
        )
    return chat
