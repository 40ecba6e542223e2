"""The conversation of a chat, as pages beside it read it."""

from dialogs.session import Session
from dialogs.snapshot import load
from dialogs.world import World
from storage.chats import Chat


def session_of(chat: Chat | None, world: World) -> Session:
    """Read where a conversation stands; one that has not begun stands at its beginning."""
    if chat is None or not isinstance(chat.session, dict):
        return Session()
    return load(chat.session, world.forms)[0]
