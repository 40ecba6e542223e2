"""What travels between the page and us, as JSON."""

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct, ValidationError, json

from dialogs.incoming import Incoming, Opened, Pressed, Said
from dialogs.message import Message

LONGEST_TEXT: Final = 4000
"""How many characters a citizen may send at once."""

KEY_PATTERN: Final = r"^[A-Za-z0-9-]{1,64}\Z"

# Characters that no keyboard types; PostgreSQL cannot even store the first of them.
_UNTYPED: Final = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}


class TooLong(Exception):
    """A text is longer than `LONGEST_TEXT`."""


class Posted(Struct, forbid_unknown_fields=True):
    """One thing that a visitor did; exactly one of the three is given."""

    key: Annotated[str, Meta(pattern=KEY_PATTERN)]
    text: str | None = None
    code: Annotated[str, Meta(pattern=r"^[\x21-\x7e]{1,64}\Z")] | None = None
    opened: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.:-]{0,64}\Z")] | None = None


class Choice(Struct):
    """A button as the page sees it."""

    code: str
    label: str


class Line(Struct, omit_defaults=True):
    """A message as the page sees it."""

    seq: int
    voice: str
    at: datetime
    text: str
    buttons: list[Choice] = []
    note: str = ""
    files: tuple[str, ...] = ()
    document: str = ""
    key: str = ""


class Lines(Struct):
    """A page of messages, oldest first."""

    messages: list[Line]


_posted = json.Decoder(Posted)
_encoder = json.Encoder()


def read(body: bytes) -> tuple[str, Incoming]:
    """Read a post into its key and what happened.

    Raises `ValueError` when it is malformed, and `TooLong`.
    """
    posted = _posted.decode(body)
    match posted:
        case Posted(text=str(text), code=None, opened=None):
            return posted.key, Said(typed(text))
        case Posted(text=None, code=str(code), opened=None):
            return posted.key, Pressed(code)
        case Posted(text=None, code=None, opened=str(payload)):
            return posted.key, Opened(payload)
        case _:
            raise ValidationError("exactly one of text, code and opened is expected")


def typed(text: str) -> str:
    """Leave of a text what a person can have typed, or raise `TooLong`."""
    text = text.replace("\r\n", "\n").translate(_UNTYPED).strip()
    if len(text) > LONGEST_TEXT:
        raise TooLong
    return text


def line(message: Message, chat: str) -> bytes:
    """Write one message for the stream."""
    return _encoder.encode(_line(message, chat))


def lines(messages: list[Message], chat: str) -> bytes:
    """Write a page of messages."""
    return _encoder.encode(Lines([_line(message, chat) for message in messages]))


def _line(message: Message, chat: str) -> Line:
    return Line(
        seq=message.seq,
        voice=message.voice,
        at=message.at,
        text=message.text,
        buttons=[Choice(button.code, button.label) for button in message.buttons],
        note=message.note,
        files=message.files,
        document=message.document.replace(":", "-"),
        # The chat's id stays in the signed cookie, out of a script's reach.
        key=message.key.removeprefix(f"{chat}:"),
    )
