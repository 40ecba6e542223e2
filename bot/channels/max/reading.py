"""What an update of MAX says, as a letter, and as a press that waits for its answer; pure."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, FileRef, Letter
from bot.channels.commands import heard
from bot.channels.max import wire
from bot.channels.max.contacts import Trust
from bot.channels.typed import CODE, decode, typed
from dialogs.incoming import (
    Attached,
    Incoming,
    Kind,
    Opened,
    Pressed,
    Stopped,
    Unreadable,
    Vouched,
)

NAME: Final = "max"

KINDS: Final = (
    "message_created",
    "message_callback",
    "message_edited",
    "bot_started",
    "bot_stopped",
)
"""What we ask MAX to tell; of the rest (muted, cleared, removed, groups) nothing follows."""

_UNREADABLE: Final[Mapping[str, Kind]] = {
    "audio": "voice",
    "sticker": "sticker",
    "location": "location",
}
_FILES: Final = {"image": "image/jpeg", "video": "video/mp4", "file": ""}
_START: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_LONGEST_ID: Final = 256
_LONGEST_URL: Final = 2048


@dataclass(frozen=True, slots=True)
class Press:
    """A press to be answered; ``message`` is what the button hangs on, None if it is gone."""

    callback_id: str
    code: str
    message: wire.Message | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an update says: nothing, or a letter; ``dialog`` is where to show that we type."""

    arrival: Arrival | None = None
    press: Press | None = None
    dialog: int = 0


NOTHING: Final = Told()


def read(body: bytes, trust: Trust, now: datetime) -> Told:
    """Read an update; raises `ValueError` when it is none."""
    update = decode(body, wire.Update)
    match update.update_type:
        case "message_created":
            return _created(update, trust, now)
        case "message_callback":
            return _pressed(update, now)
        case "message_edited":
            return _edited(update, now)
        case "bot_started":
            return _happened(update, Opened(_start(update.payload or "")), now)
        case "bot_stopped":
            return _happened(update, Stopped(), now)
    return NOTHING


def _created(update: wire.Update, trust: Trust, now: datetime) -> Told:
    message = wire.one(update.message, wire.Message)
    if message is None or message.sender is None or not _is_ours(message):
        return NOTHING
    incoming, files = _heard(message, message.sender, trust)
    mid = message.body.mid if message.body else ""
    letter = _letter(update, message.sender, incoming, mid, now)
    return Told(Arrival(letter, files), dialog=message.recipient.chat_id or 0)


def _edited(update: wire.Update, now: datetime) -> Told:
    message = wire.one(update.message, wire.Message)
    if message is None or message.sender is None or not _is_ours(message):
        return NOTHING
    letter = _letter(update, message.sender, Unreadable("edited"), "", now)
    return Told(Arrival(letter), dialog=message.recipient.chat_id or 0)


def _pressed(update: wire.Update, now: datetime) -> Told:
    callback = wire.one(update.callback, wire.Callback)
    if callback is None or not callback.callback_id or len(callback.callback_id) > _LONGEST_ID:
        return NOTHING
    message = wire.one(update.message, wire.Message)
    if message and message.recipient.chat_type != "dialog":
        return NOTHING
    press = Press(callback.callback_id, callback.payload, message)
    if not CODE.fullmatch(callback.payload):
        return Told(press=press)
    # MAX calls it the identifier of the keyboard: two presses may share it, but not their moment.
    key = f"{typed(callback.callback_id)}:{callback.timestamp}"
    letter = _letter(update, callback.user, Pressed(callback.payload), key, now)
    return Told(Arrival(letter), press, (message.recipient.chat_id or 0) if message else 0)


def _happened(update: wire.Update, incoming: Incoming, now: datetime) -> Told:
    person = wire.one(update.user, wire.User)
    if person is None or person.is_bot:
        return NOTHING
    return Told(Arrival(_letter(update, person, incoming, "", now)), dialog=update.chat_id)


def _letter(
    update: wire.Update, person: wire.User, incoming: Incoming, key: str, now: datetime
) -> Letter:
    """Write a letter; what has no id of its own is known by its kind, place, person, moment."""
    if not 0 < len(key) <= _LONGEST_ID or not key.isprintable():
        parts = (update.update_type, update.chat_id, person.user_id, update.timestamp)
        key = ":".join(map(str, parts))
    language = (update.user_locale or "")[:2].lower()
    return Letter(NAME, str(person.user_id), key, incoming, now, typed(language))


def _is_ours(message: wire.Message) -> bool:
    """Tell whether a person wrote it, and to us alone."""
    is_person = message.sender is not None and not message.sender.is_bot
    return is_person and message.recipient.chat_type == "dialog"


def _heard(
    message: wire.Message, sender: wire.User, trust: Trust
) -> tuple[Incoming, tuple[FileRef, ...]]:
    """Tell what somebody sent; of what is forwarded, too, but a forwarded card proves nothing."""
    link = message.link
    forwarded = link.message if link and link.type == "forward" else None
    bodies = [body for body in (message.body, forwarded) if body]
    text = typed("\n\n".join(filter(None, (body.text for body in bodies))))
    hanging = [one for body in bodies for one in wire.each(body.attachments, wire.Attachment)]
    files = tuple(file for file in map(_file, hanging) if file)
    if files:
        return Attached((), text), files
    cards = [one.payload for one in hanging if one.type == "contact"]
    if cards:
        number = "" if forwarded else trust.own_number(cards[0], sender)
        return (Vouched(number) if number else Unreadable("contact")), ()
    if text.strip():
        return heard(text), ()
    kinds = [_UNREADABLE[one.type] for one in hanging if one.type in _UNREADABLE]
    return Unreadable(kinds[0] if kinds else "other"), ()


def _file(hanging: wire.Attachment) -> FileRef | None:
    url = hanging.payload.url
    if hanging.type not in _FILES or not url or len(url) > _LONGEST_URL or not url.isprintable():
        return None
    kind = _FILES[hanging.type] or mimetypes.guess_type(hanging.filename)[0] or ""
    return FileRef(url, kind, hanging.size)


def _start(payload: str) -> str:
    return payload if _START.fullmatch(payload) else ""
