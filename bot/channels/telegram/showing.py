"""What a person sees of a call; pure."""

from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.channels.bubbles import Bubble
from bot.channels.telegram.markup import plain
from bot.channels.telegram.writing import Request


def show(request: Request) -> Bubble:
    """Read back from a call what its message looks like."""
    buttons = _labels(request.reply_markup)
    if isinstance(request, SendMessage):
        return Bubble(plain(request.text), buttons=buttons)
    caption = plain(request.caption or "")
    return Bubble(caption, "picture" if isinstance(request, SendPhoto) else "file", buttons)


def _labels(markup: object) -> list[list[str]]:
    match markup:
        case InlineKeyboardMarkup(inline_keyboard=rows):
            return [[key.text for key in row] for row in rows]
        case ReplyKeyboardMarkup(keyboard=rows):
            return [[key.text for key in row] for row in rows]
    return []
