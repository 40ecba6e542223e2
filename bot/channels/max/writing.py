"""With which calls of MAX a message is shown; pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Final, TypeAlias

from bot.channels.documents import is_picture, is_pictured
from bot.channels.rows import rows
from bot.channels.splitting import shorten, split, utf16
from bot.channels.voices import heading
from dialogs.effects import Button
from dialogs.json import Json
from dialogs.message import Message
from dialogs.words import Words

LONGEST_TEXT: Final = 4000
_LONGEST_LABEL: Final = 128
_MOST_ROWS: Final = 30
_TAG: Final = re.compile(r"</?[bi]>")


@dataclass(frozen=True, slots=True)
class Send:
    """Post a message, all of which is in ``body``."""

    body: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SendPicture:
    """Draw a document to be looked at, upload it and post it.

    ``body`` holds the words that go with it, if any.
    """

    document: str
    body: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SendFile:
    """Draw a document, upload it and post it with ``body``, which holds the words if any."""

    document: str
    body: Mapping[str, Json] = field(repr=False)


Request: TypeAlias = Send | SendPicture | SendFile


def write(message: Message, words: Words) -> tuple[Request, ...]:
    """Write a message: words last, with the buttons on the end of them."""
    return tuple(_all(message, words))


def _all(message: Message, words: Words) -> Iterator[Request]:
    speaker = heading(message, words)
    pieces = _pieces(message.text, message.note, speaker)
    keyboards = _keyboards(message, words)
    if message.document:
        is_caption = len(pieces) == 1 and not keyboards
        body = _worded(pieces.pop()) if is_caption else {}
        if is_picture(message.document):
            yield SendPicture(message.document, body)
        else:
            if is_pictured(message.document):
                yield SendPicture(message.document)
            yield SendFile(message.document, body)
    if keyboards and not pieces:
        pieces = [words("messenger.more_choices")]
    for piece in pieces[:-1] if keyboards else pieces:
        yield Send(_worded(piece))
    for number, keyboard in enumerate(keyboards):
        text = words("messenger.more_choices") if number else pieces[-1]
        yield Send({**_worded(text), "attachments": [keyboard]})


def marked_up(text: str, note: str = "") -> str:
    """Write words as HTML; small print leans."""
    shown = f"<i>{escape(note, quote=False)}</i>" if note else ""
    return "\n\n".join(filter(None, (escape(text, quote=False), shown)))


def plain(html: str) -> str:
    """Read back what was written as HTML."""
    return unescape(_TAG.sub("", html))


def length(text: str) -> int:
    """Count as MAX does at its strictest: the markup too."""
    return utf16(escape(text, quote=False))


def _pieces(text: str, note: str, heading: str) -> list[str]:
    head = f"<b>{escape(heading, quote=False)}</b>\n" if heading else ""
    room = LONGEST_TEXT - utf16(head)
    first, *more = split(text, room, length) or ("",)
    *before, last = (f"{head}{marked_up(first)}", *map(marked_up, more))
    small = split(note, room - len("<i></i>"), length)
    pieces = [*before]
    together = "\n\n".join(filter(None, (last, marked_up("", small[0]) if small else "")))
    if utf16(together) <= LONGEST_TEXT:
        pieces.append(together)
        small = small[1:]
    else:
        pieces.append(last)
    return [one for one in (*pieces, *(marked_up("", part) for part in small)) if one]


def _worded(html: str) -> dict[str, Json]:
    return {"text": html, "format": "html"}


def _keyboards(message: Message, words: Words) -> list[Json]:
    """Lay the buttons out; what one keyboard cannot hold goes on in the next."""
    laid: list[Json] = []
    if message.asks_phone:
        label = words("messenger.share_phone")
        laid.append([{"type": "request_contact", "text": label}])
    laid += [[_key(one) for one in row] for row in rows(message.buttons)]
    parts = [laid[first : first + _MOST_ROWS] for first in range(0, len(laid), _MOST_ROWS)]
    return [{"type": "inline_keyboard", "payload": {"buttons": part}} for part in parts]


def keyboard(laid: Iterable[Sequence[Button]]) -> Json:
    """Write buttons that are in rows already; empty rows go."""
    keys: list[Json] = [[_key(one) for one in row] for row in laid if row]
    return {"type": "inline_keyboard", "payload": {"buttons": keys}}


def _key(button: Button) -> Json:
    label = shorten(" ".join(button.label.split()), _LONGEST_LABEL) or "…"
    return {"type": "callback", "text": label, "payload": button.code}
