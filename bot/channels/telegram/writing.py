"""With which calls a message is shown."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup

from bot.channels.documents import is_picture, is_pictured
from bot.channels.splitting import split_before, utf16
from bot.channels.telegram.keyboards import inline, sharing_phone
from bot.channels.telegram.markup import bold, escaped, small
from bot.channels.voices import heading
from dialogs.message import Message
from dialogs.words import Words

Request: TypeAlias = SendMessage | SendPhoto | SendDocument
"""A call without its chat; a photo or document is named as the message names it."""

HERE: Final = 0
"""In place of the chat, which is known when the call is made."""

_LONGEST: Final = 4096  # in UTF-16 units, counted after the tags are read
_LONGEST_CAPTION: Final = 1024
_BREAK: Final = "\n\n"
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_LINK: Final = re.compile(r"\w\.\w|://")
"""What Telegram may take for a link; said of few messages, and dear to say of each."""

Markup: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup | None


def write(message: Message, words: Words) -> Sequence[Request]:
    """Say with which calls a message is shown, one after another; only the first one rings.

    Raises `Undelivered` when Telegram cannot show it.
    """
    markup: Markup = inline(message.buttons)
    if message.asks_phone:
        markup = sharing_phone(words("messenger.share_phone"), message.buttons)
    speaker = heading(message, words)
    if not message.document:
        return _texts(_pieces(message, speaker, _LONGEST), markup)
    pieces = _pieces(message, speaker, _LONGEST_CAPTION)
    return (*_texts(pieces[:-1], None), *_papers(message.document, pieces[-1], markup, pieces[:-1]))


def paid_for(request: Request) -> Request:
    """Have a call go beyond the rate that is free, see https://core.telegram.org/bots/api."""
    return request.model_copy(update={"allow_paid_broadcast": True})


def _pieces(message: Message, speaker: str, last: int) -> list[str]:
    """Part a text, the speaker above and small print below, so that the last piece fits."""
    text, note = message.text, message.note
    above = f"{speaker}\n" if speaker else ""
    if utf16(above + note) > last // 2:  # no small print any more
        text, note = f"{text}{_BREAK}{note}", ""
    below = f"{_BREAK}{note}" if note else ""
    room = last - utf16(above + below)
    parts = [escaped(one) for one in split_before(text, _LONGEST - utf16(above), room)] or [""]
    if above:
        parts[0] = f"{bold(speaker)}\n{parts[0]}"
    if below:
        parts[-1] = f"{parts[-1]}{_BREAK}{small(note)}"
    return parts


def _texts(pieces: Sequence[str], markup: Markup) -> list[SendMessage]:
    last = len(pieces) - 1
    return [  # a message without words has nothing to show
        SendMessage(
            chat_id=HERE,
            text=html,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW if _LINK.search(html) else None,
            reply_markup=markup if number == last else None,
            disable_notification=True if number else None,
        )
        for number, html in enumerate(pieces)
        if html
    ]


def _papers(
    name: str, caption: str, markup: Markup, before: Sequence[str]
) -> list[SendPhoto | SendDocument]:
    """Show a document in the chat if it is looked at there, and give it as a file."""
    silent = True if before else None
    if is_picture(name):
        return [_photo(name, caption, markup, silent)]
    if not is_pictured(name):
        return [_file(name, caption, markup, silent)]
    return [_photo(name, caption, None, silent), _file(name, "", markup, True)]


def _photo(name: str, caption: str, markup: Markup, silent: bool | None) -> SendPhoto:
    return SendPhoto(
        chat_id=HERE,
        photo=name,
        caption=caption or None,
        parse_mode="HTML" if caption else None,
        reply_markup=markup,
        disable_notification=silent,
    )


def _file(name: str, caption: str, markup: Markup, silent: bool | None) -> SendDocument:
    return SendDocument(
        chat_id=HERE,
        document=name,
        caption=caption or None,
        parse_mode="HTML" if caption else None,
        reply_markup=markup,
        disable_notification=silent,
    )
