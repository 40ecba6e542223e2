"""With which calls of WhatsApp a message is shown; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final, TypeAlias

from bot.channels.base import Failure, Situation, Undelivered
from bot.channels.documents import is_picture, is_pictured
from bot.channels.splitting import shorten, split, split_before, utf16
from bot.channels.voices import heading
from bot.channels.whatsapp.choices import LONGEST_BODY, offer
from bot.channels.whatsapp.settings import Templates
from dialogs.json import Json
from dialogs.message import Message
from dialogs.words import Words

LONGEST_TEXT: Final = 4096
_LONGEST_CAPTION: Final = 1024
_LONGEST_PARAMETER: Final = 512
_WINDOW: Final = timedelta(hours=24) - timedelta(minutes=1)
"""How long after the person's last words anything may be said; a minute is for the way."""


@dataclass(frozen=True, slots=True)
class Send:
    """Post a message, all of which is in ``body``; ``seq`` is ours if it is the last part."""

    body: Mapping[str, Json] = field(repr=False)
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SendPicture:
    """Draw a document to be looked at, upload it and post it."""

    document: str
    caption: str = field(default="", repr=False)
    seq: int = 0


@dataclass(frozen=True, slots=True)
class SendFile:
    """Draw a document, upload it and post it."""

    document: str
    caption: str = field(default="", repr=False)
    seq: int = 0


Request: TypeAlias = Send | SendPicture | SendFile


def write(
    message: Message, situation: Situation, words: Words, templates: Templates
) -> tuple[Request, ...]:
    """Write a message; raises `Undelivered` outside of the window when no template is agreed."""
    if situation.heard_at is None or situation.now - situation.heard_at >= _WINDOW:
        return (replace(_template(message, situation.language, templates), seq=message.seq),)
    requests = tuple(_all(message, words))
    return tuple(replace(one, seq=message.seq) if one is requests[-1] else one for one in requests)


def _all(message: Message, words: Words) -> Iterator[Request]:
    speaker = heading(message, words)
    headed = f"*{speaker}*\n{message.text}".strip() if speaker else message.text.strip()
    text = "\n\n".join(filter(None, (headed, message.note.strip())))
    if message.document:
        as_caption = not message.buttons and utf16(text) <= _LONGEST_CAPTION
        caption = text if as_caption else ""
        if is_picture(message.document):
            yield SendPicture(message.document, caption)
        else:
            if is_pictured(message.document):
                yield SendPicture(message.document)
            yield SendFile(message.document, caption)
        text = "" if as_caption else text
    if message.buttons:
        yield from _with_choices(text, message, words)
    else:
        yield from map(_text, split(text, LONGEST_TEXT))


def _with_choices(text: str, message: Message, words: Words) -> Iterator[Request]:
    pieces = split_before(text, LONGEST_TEXT, LONGEST_BODY) or (words("messenger.more_choices"),)
    yield from map(_text, pieces[:-1])
    for part in offer(pieces[-1], message.buttons, words):
        yield Send({"type": "interactive", "interactive": part})


def _text(text: str) -> Send:
    """Write words; no preview is made of a link, for that would use up one that works once."""
    return Send({"type": "text", "text": {"body": text, "preview_url": False}})


def _template(message: Message, language: str, templates: Templates) -> Send:
    said = message.template
    approved = templates.get(said.name, {}).get(language) if said else None
    if said is None or approved is None:
        raise Undelivered(Failure.REJECTED, "window")
    values: list[Json] = [{"type": "text", "text": _parameter(value)} for value in said.values]
    components: list[Json] = [{"type": "body", "parameters": values}] if values else []
    return Send(
        {
            "type": "template",
            "template": {
                "name": approved.name,
                "language": {"code": approved.language},
                "components": components,
            },
        }
    )


def _parameter(value: str) -> str:
    """Bring a value to one line; new lines, tabs and rows of spaces are refused, and nothing."""
    return shorten(" ".join(value.split()), _LONGEST_PARAMETER) or "—"
