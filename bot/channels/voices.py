"""Who speaks: in a chat with a bot everything looks as if the bot had said it."""

from dialogs.message import Message
from dialogs.words import Words


def heading(message: Message, words: Words) -> str:
    """Say what stands above a message; nothing above the assistant's own."""
    if message.voice != "representative":
        return ""
    if message.name:
        return words("messenger.representative.named", name=message.name)
    return words("messenger.representative")
