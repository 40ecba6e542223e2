"""Keyboards of Telegram: what it takes, and what a person then sees."""

from typing import Any, Final
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup

from tests.kit.loopback import Refused
from tests.kit.screens import Key

_MOST: Final = 100
_LONGEST_DATA: Final = 64
_MOST_OF_REPLY: Final = 300
_ACTIONS: Final = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)

Rows = tuple[tuple[Key, ...], ...]


def inline(markup: InlineKeyboardMarkup | None) -> Rows:
    """Check an inline keyboard, and return it as it is shown; raises `Refused`."""
    rows = tuple(tuple(_inline_key(one) for one in row) for row in markup.inline_keyboard if row)
    if sum(map(len, rows)) > _MOST:
        raise Refused(400, "Bad Request: reply markup is too long")
    return rows


def _inline_key(button: Any) -> Key:
    given = [name for name in _ACTIONS if getattr(button, name, None) is not None]
    if not button.text.strip():
        raise _unparsed("Text of the button must be non-empty")
    if len(given) != 1:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if button.callback_data is not None:
        if not 1 <= len(button.callback_data.encode()) <= _LONGEST_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        return Key(button.text, button.callback_data)
    if button.url is not None:
        address = urlsplit(button.url)
        if address.scheme not in {"http", "https", "tg"} or "." not in (address.hostname or ""):
            words = f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL"
            raise Refused(400, f"Bad Request: {words}")
        return Key(button.text, button.url, "link")
    return Key(button.text, "", given[0])


def reply(markup: ReplyKeyboardMarkup) -> Rows:
    """Check a reply keyboard, and return it as it is shown; raises `Refused`."""
    rows = tuple(tuple(_reply_key(one) for one in row) for row in markup.keyboard)
    placeholder = markup.input_field_placeholder
    if placeholder is not None and not 1 <= len(placeholder) <= _LONGEST_DATA:
        raise Refused(400, "Bad Request: BUTTON_PLACEHOLDER_INVALID")
    if not any(rows):
        raise Refused(400, "Bad Request: REPLY_MARKUP_EMPTY")
    if sum(map(len, rows)) > _MOST_OF_REPLY:
        raise Refused(400, "Bad Request: reply markup is too long")
    return rows


def _reply_key(button: Any) -> Key:
    if not button.text.strip():
        raise _unparsed("Text of the button must be non-empty", "")
    return Key(button.text, "", "contact" if button.request_contact else "text")


def _unparsed(reason: str, kind: str = "inline ") -> Refused:
    return Refused(400, f"Bad Request: can't parse {kind}keyboard button: {reason}")
