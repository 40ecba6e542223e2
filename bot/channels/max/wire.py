"""What MAX tells of, as far as it concerns us; whatever else is there is passed over.

The shapes are those of MAX's own schema, version 0.0.33. Parts stay raw until their kind is
known, so that one in an unforeseen shape costs itself and nothing beside it.
"""

from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

Shape = TypeVar("Shape")


class User(Struct):
    """Somebody with an account."""

    user_id: int
    is_bot: bool = False


class Update(Struct):
    """Something that happened, at a moment in milliseconds; the kind says which parts are there."""

    update_type: str
    timestamp: int = 0
    chat_id: int = 0
    user_locale: str | None = None
    payload: str | None = None
    user: Raw = Raw(b"null")
    message: Raw = Raw(b"null")
    callback: Raw = Raw(b"null")


class Recipient(Struct):
    """Where a message was written; ``chat_type`` is ``dialog`` between a person and us."""

    chat_id: int | None = None
    chat_type: str = ""


class Body(Struct):
    """What a message holds."""

    mid: str = ""
    text: str | None = None
    attachments: list[Raw] | None = None
    markup: list[Raw] | None = None


class Link(Struct):
    """A message that this one forwards or answers."""

    type: str = ""
    message: Body | None = None


class Message(Struct):
    """A message; ``body`` is absent when it only forwards another one."""

    recipient: Recipient
    sender: User | None = None
    body: Body | None = None
    link: Link | None = None
    timestamp: int = 0


class Callback(Struct):
    """A press of a button."""

    callback_id: str
    user: User
    timestamp: int = 0
    payload: str = ""


class Content(Struct):
    """What an attachment holds: an address to fetch it from, or somebody's card."""

    url: str = ""
    vcf_info: str | None = None
    hash: str | None = None
    max_info: User | None = None


class Attachment(Struct):
    """Something that hangs on a message."""

    type: str
    payload: Content = msgspec.field(default_factory=Content)
    filename: str = ""
    size: int | None = None


class Key(Struct):
    """A button of a keyboard that MAX shows us again."""

    type: str = ""
    text: str = ""
    payload: str = ""


class Keys(Struct):
    """Rows of buttons."""

    buttons: list[list[Key]] = []


class Keyboard(Struct):
    """A keyboard under a message of ours."""

    type: str
    payload: Keys


class Markup(Struct):
    """How a part of a text looks."""

    type: str


class Page(Struct):
    """Updates that were polled; ``marker`` asks for what comes after them."""

    updates: list[Raw] = []
    marker: int | None = None


def one(raw: Raw, shape: type[Shape]) -> Shape | None:
    """Read a part, or None when it is absent or has another shape."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, RecursionError):
        return None


def each(raws: list[Raw] | None, shape: type[Shape]) -> list[Shape]:
    """Read the elements that have the shape."""
    return [read for read in (one(raw, shape) for raw in raws or ()) if read is not None]
