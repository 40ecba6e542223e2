"""Buttons under messages: laid out for a thumb, and what is left of them once one is pressed."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from aiogram.methods import EditMessageReplyMarkup
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.channels.base import Failure, Undelivered
from bot.channels.splitting import utf16
from dialogs.effects import Button

Rows: TypeAlias = Sequence[Sequence[Button]]

_MOST: Final = 100
_SHORT: Final = 16
"""So many letters are seen whole on a narrow phone when two buttons share a row."""

_LASTING: Final = frozenset({"m", "o", "z", "P", "t:", "p:", "l:", "f:", "v:", "q:", "W:"})
"""Codes, up to their first colon, that mean the same whenever they are pressed: menus, topics,
people, applications. All others belong to one question; see `dialogs.buttons`."""

_ONCE: Final = frozenset({"h:"})
"""Codes that may be pressed whenever, but once: an opinion of an answer."""


_PAGE: Final = "p:"
_WAYS: Final = frozenset({"b", "x", "m", _PAGE})
"""Codes that lead on or out, whatever the question: they stand on a row of their own."""


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


def rows(buttons: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """Put two short labels on a row, long ones alone; what belongs together is not parted."""
    rest = list(buttons)
    while rest:
        wide = 2 if len(rest) > 1 and _pair(rest[0], rest[1], rest[2:3]) else 1
        yield rest[:wide]
        rest = rest[wide:]


def _pair(first: Button, second: Button, following: Sequence[Button]) -> bool:
    if max(utf16(first.label), utf16(second.label)) > _SHORT:
        return False
    if _belong_together(first, second):
        return True
    # «Помогло» waits for «Не помогло» rather than join whatever stands before it.
    return not any(
        _belong_together(second, one) and utf16(one.label) <= _SHORT for one in following
    )


def _belong_together(first: Button, second: Button) -> bool:
    families = {_family(first.code), _family(second.code)}
    return len(families) == 1 or families <= _WAYS


def after_press(keys: Rows, code: str) -> Rows:
    """Say which buttons a message keeps once one of them was pressed.

    With one button of a question, all of its buttons have done their work.
    """
    family = _family(code)
    if family in _LASTING:
        return keys
    if family in _ONCE:
        return [[key for key in row if _family(key.code) != family] for row in keys]
    return after_words(keys)


def after_words(keys: Rows) -> Rows:
    """Say which buttons a message keeps once the person has answered in words."""
    lasting = _LASTING | _ONCE
    return [[key for key in row if _family(key.code) in lasting] for row in keys]


def turns_pages(keys: Rows) -> bool:
    """Tell whether a button among these leads to another page of a list."""
    return any(_family(key.code) == _PAGE for row in keys for key in row)


def keeping(chat: int | str, number: int, keys: Rows) -> EditMessageReplyMarkup:
    """Say with which call a message keeps these buttons and no others."""
    return EditMessageReplyMarkup(chat_id=chat, message_id=number, reply_markup=in_rows(keys))


def _family(code: str) -> str:
    head, colon, _ = code.partition(":")
    return head + colon
