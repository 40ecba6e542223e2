"""Updates of the Bot API: as much of them as is read, and whatever else they carry let pass.

The client's own types refuse a whole update, and with it the whole batch, for one new kind
inside; see `docs/decisions/0011-telegram.md`. Fields after https://core.telegram.org/bots/api.
"""

from typing import Any, Final, Literal

from msgspec import Struct, field

from dialogs.effects import Button

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds that are asked for; Telegram keeps the others to itself."""


class User(Struct):
    """Somebody who sent something."""

    id: int
    is_bot: bool = False
    language_code: str = ""


class Chat(Struct):
    """Where it was sent; ``type`` is ``private`` for a person's own chat with the bot."""

    id: int
    type: str = ""


class PhotoSize(Struct):
    """One size of a photo; Telegram names the smallest first."""

    file_id: str
    file_size: int | None = None


class Document(Struct):
    """A file that was sent as one."""

    file_id: str
    mime_type: str = ""
    file_size: int | None = None


class Contact(Struct):
    """A card from somebody's address book; ``user_id`` is whose it is, if Telegram knows."""

    phone_number: str
    user_id: int | None = None


class Key(Struct):
    """A button under a message of ours."""

    text: str = ""
    callback_data: str = ""


class Keyboard(Struct):
    """The buttons under a message of ours, row by row."""

    inline_keyboard: list[list[Key]] = []

    @property
    def rows(self) -> list[list[Button]]:
        """The buttons as the conversation knows them."""
        return [
            [Button(key.callback_data, key.text) for key in row] for row in self.inline_keyboard
        ]


class Message(Struct):
    """A message; what is only looked at for being there is typed as anything."""

    message_id: int
    chat: Chat
    sender: User | None = field(name="from", default=None)
    text: str | None = None
    caption: str = ""
    media_group_id: str = ""
    message_thread_id: int | None = None
    edit_date: int | None = None
    photo: list[PhotoSize] = []
    document: Document | None = None
    contact: Contact | None = None
    forward_origin: Any = None
    animation: Any = None
    voice: Any = None
    audio: Any = None
    video_note: Any = None
    sticker: Any = None
    location: Any = None
    venue: Any = None
    reply_markup: Keyboard | None = None
    # Messages of service: the client wrote them, no person did.
    pinned_message: Any = None
    message_auto_delete_timer_changed: Any = None
    chat_background_set: Any = None
    write_access_allowed: Any = None
    proximity_alert_triggered: Any = None
    forum_topic_created: Any = None
    forum_topic_edited: Any = None
    forum_topic_closed: Any = None
    forum_topic_reopened: Any = None

    @property
    def is_of_service(self) -> bool:
        """Tell whether the message only says that something changed in the chat."""
        return any(
            one is not None  # some are empty objects
            for one in (
                self.pinned_message,
                self.message_auto_delete_timer_changed,
                self.chat_background_set,
                self.write_access_allowed,
                self.proximity_alert_triggered,
                self.forum_topic_created,
                self.forum_topic_edited,
                self.forum_topic_closed,
                self.forum_topic_reopened,
            )
        )


class CallbackQuery(Struct):
    """A press on an inline button; the message is missing when it is too old."""

    id: str
    sender: User = field(name="from")
    message: Message | None = None
    data: str = ""


class Membership(Struct):
    """What a member of a chat is now."""

    status: str = ""


class ChatMemberUpdated(Struct):
    """The bot's own standing in a chat changed."""

    chat: Chat
    new_chat_member: Membership


class Update(Struct):
    """One update; at most one of the kinds is there."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None


class Taken(Struct):
    """The answer to a call that put a message into a chat."""

    ok: Literal[True]
    result: Message
