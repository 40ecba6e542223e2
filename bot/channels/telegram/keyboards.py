"""Buttons under messages: laid out for a thumb, and what is left of them once one is pressed."""

from collections.abc import Sequence
from typing import Final

from aiogram.methods import EditMessageReplyMarkup
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.channels.base import Failure, Undelivered
from bot.channels.lasting import Rows
from bot.channels.rows import rows
from dialogs.effects import Button

_MOST: Final = 100


def inline(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Lay buttons out under a message; raises `Undelivered` when Telegram takes no such many."""
    if len(buttons) > _MOST:
        raise Undelivered(Failure.REJECTED, f"{len(buttons)} buttons, Telegram takes {_MOST}")
    return in_rows(list(rows(buttons)))


def in_rows(keys: Rows) -> InlineKeyboardMarkup | None:
    """Write buttons that are in rows already; None when there are none."""
    kept = [
        [InlineKeyboardButton(text=one.label, callback_data=one.code) for one in row]
        for row in keys
        if row
    ]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None


def shown(markup: InlineKeyboardMarkup) -> Rows:
    """Read the buttons of a keyboard of ours."""
    return [
        [Button(key.callback_data or "", key.text) for key in row] for row in markup.inline_keyboard
    ]


def sharing_phone(label: str, buttons: Sequence[Button]) -> ReplyKeyboardMarkup:
    """Put a button for the person's own number in place of the phone's keyboard.

    Only such a keyboard can ask for it, and a message has one keyboard: so the other buttons
    stand there too, and say their label as if it were typed.
    """
    keys = [[KeyboardButton(text=label, request_contact=True)]]
    keys += [[KeyboardButton(text=one.label) for one in row] for row in rows(buttons)]
    return ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, one_time_keyboard=True)


def keeping(chat: int | str, number: int, keys: Rows) -> EditMessageReplyMarkup:
    """Say with which call a message keeps these buttons and no others."""
    return EditMessageReplyMarkup(chat_id=chat, message_id=number, reply_markup=in_rows(keys))
