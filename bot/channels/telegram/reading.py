"""What an update says, as the conversation understands it."""

from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, FileRef, Letter
from bot.channels.commands import heard
from bot.channels.telegram.wire import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Contact,
    Message,
    Update,
    User,
)
from bot.channels.typed import typed
from dialogs.incoming import (
    Attached,
    Incoming,
    Kind,
    Pressed,
    Returned,
    Stopped,
    Unreadable,
    Vouched,
)

NAME: Final = "telegram"


def read(update: Update, now: datetime) -> Arrival | None:
    """Return what a person did in their own chat with the bot; None when it is nothing to us."""
    match update:
        case Update(message=Message() as message):
            return _arrival(update, message, now, _fresh(message))
        case Update(edited_message=Message() as message):
            return _arrival(update, message, now, _edited(message))
        case Update(callback_query=CallbackQuery() as press):
            return _pressed(update, press, now)
        case Update(my_chat_member=ChatMemberUpdated() as change):
            standing: dict[str, Incoming] = {"kicked": Stopped(), "member": Returned()}
            incoming = standing.get(change.new_chat_member.status)
            return _private(update, change.chat, None, incoming, now)
    return None


def _arrival(
    update: Update, message: Message, now: datetime, incoming: Incoming | None
) -> Arrival | None:
    arrival = _private(update, message.chat, message.sender, incoming, now)
    if arrival is None or not isinstance(incoming, Attached):
        return arrival
    return Arrival(arrival.letter, _files(message), message.media_group_id)


def _pressed(update: Update, press: CallbackQuery, now: datetime) -> Arrival | None:
    # A message too old to be sent along was in the person's own chat: no group sees our buttons.
    chat = press.message.chat if press.message else Chat(press.sender.id, "private")
    incoming = Pressed(press.data) if press.data else None
    return _private(update, chat, press.sender, incoming, now)


def _private(
    update: Update, chat: Chat, sender: User | None, incoming: Incoming | None, now: datetime
) -> Arrival | None:
    if chat.type != "private" or incoming is None:
        return None
    language = sender.language_code if sender else ""
    return Arrival(Letter(NAME, str(chat.id), str(update.update_id), incoming, now, language))


def _fresh(message: Message) -> Incoming | None:
    """Say what a new message is; a kind nobody has heard of yet is still answered."""
    if message.is_of_service:
        return None
    if message.text is not None:
        return heard(typed(message.text))
    if message.animation is not None:  # comes with a document, as which it is stored
        return Unreadable("other")
    if message.photo or message.document:
        return Attached((), typed(message.caption))
    if message.contact:
        return _contact(message, message.contact)
    return Unreadable(_kind(message))


def _kind(message: Message) -> Kind:
    """Name what cannot be read."""
    match message:
        case Message(voice=dict()) | Message(audio=dict()) | Message(video_note=dict()):
            return "voice"
        case Message(sticker=dict()):
            return "sticker"
        case Message(location=dict()) | Message(venue=dict()):
            return "location"
    return "other"


def _contact(message: Message, card: Contact) -> Incoming:
    """Take a number for the sender's own only if Telegram itself says that it is.

    Anybody can send another person's card, or forward somebody's own:
    https://core.telegram.org/bots/api#contact.
    """
    sender = message.sender
    if sender is None or card.user_id != sender.id or message.forward_origin is not None:
        return Unreadable("contact")
    return Vouched(f"+{card.phone_number.removeprefix('+')}")


def _edited(message: Message) -> Incoming | None:
    """Tell of an edit that a person made; a place that moves along comes as an edit, too."""
    by_hand = message.edit_date is not None and (message.text is not None or message.caption)
    return Unreadable("edited") if by_hand else None


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.document:
        sent = message.document
        return (FileRef(sent.file_id, sent.mime_type, sent.file_size),)
    largest = message.photo[-1]
    return (FileRef(largest.file_id, "image/jpeg", largest.file_size),)
