"""What WhatsApp posts, as far as it concerns us; whatever else is there is passed over.

The shapes are those of Meta's webhook reference of June 2026. Lists stay raw, so that one
element in an unforeseen shape costs itself and not its neighbours.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

Shape = TypeVar("Shape")


class Payload(Struct):
    """One delivery."""

    entry: list[Raw] = []


class Entry(Struct):
    """What concerns one account."""

    changes: list[Raw] = []


class Metadata(Struct, frozen=True):
    """Which of our numbers it is about."""

    phone_number_id: str = ""


class Value(Struct):
    """Messages of people, or the fate of ours."""

    metadata: Metadata = Metadata()
    contacts: list[Raw] = []
    messages: list[Raw] = []
    statuses: list[Raw] = []


class Change(Struct):
    """One change; ``field`` is ``messages`` for all that we subscribe to."""

    field: str
    value: Value


class Contact(Struct):
    """A person: the number (absent when a username is used instead) and the lasting id."""

    wa_id: str = ""
    user_id: str = ""


class Text(Struct):
    """Typed words."""

    body: str = ""


class Reply(Struct):
    """A chosen button or row."""

    id: str = ""
    title: str = ""


class Interactive(Struct):
    """A choice out of those that a message of ours offered."""

    button_reply: Reply | None = None
    list_reply: Reply | None = None


class TemplateButton(Struct):
    """A quick reply under a template."""

    payload: str = ""
    text: str = ""


class Media(Struct):
    """A picture or a file, to be fetched by its id."""

    id: str
    mime_type: str = ""
    file_size: int | None = None
    caption: str = ""


class Sender(Struct):
    """The part that every message has."""

    id: str
    from_: str = msgspec.field(default="", name="from")
    from_user_id: str = ""
    type: str = ""


class Message(Sender):
    """What somebody sent; the part that ``type`` names is there."""

    text: Text | None = None
    interactive: Interactive | None = None
    button: TemplateButton | None = None
    image: Media | None = None
    document: Media | None = None
    video: Media | None = None


class Problem(Struct):
    """Why a message was not delivered."""

    code: int = 0


class Status(Struct):
    """The fate of a message of ours; ``biz_opaque_callback_data`` is our own word for it."""

    id: str
    status: str
    errors: list[Raw] = []
    biz_opaque_callback_data: str = ""


def each(raws: Sequence[Raw], shape: type[Shape]) -> Iterator[Shape]:
    """Read the elements that have the shape."""
    for raw in raws:
        read = one(raw, shape)
        if read is not None:
            yield read


def one(raw: Raw, shape: type[Shape]) -> Shape | None:
    """Read one element, or None when it has another shape."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, RecursionError):
        return None
