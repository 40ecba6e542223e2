"""What is left of the buttons of a message once the person has answered; pure."""

from collections.abc import Sequence
from typing import Final, TypeAlias

from dialogs.effects import Button

Rows: TypeAlias = Sequence[Sequence[Button]]

_LASTING: Final = frozenset({"m", "o", "z", "P", "t:", "p:", "l:", "f:", "v:", "q:", "W:"})
"""Codes, up to their first colon, that mean the same whenever they are pressed: menus, topics,
people, applications. All others belong to one question; see `dialogs.buttons`."""

_ONCE: Final = frozenset({"h:"})
"""Codes that may be pressed whenever, but once: an opinion of an answer."""

PAGE: Final = "p:"


def after_press(keys: Rows, code: str) -> Rows:
    """Say which buttons a message keeps once one of them was pressed.

    With one button of a question, all of its buttons have done their work.
    """
    pressed = family(code)
    if pressed in _LASTING:
        return keys
    if pressed in _ONCE:
        return [[key for key in row if family(key.code) != pressed] for row in keys]
    return after_words(keys)


def after_words(keys: Rows) -> Rows:
    """Say which buttons a message keeps once the person has answered in words."""
    lasting = _LASTING | _ONCE
    return [[key for key in row if family(key.code) in lasting] for row in keys]


def turns_pages(keys: Rows) -> bool:
    """Tell whether a button among these leads to another page of a list."""
    return any(family(key.code) == PAGE for row in keys for key in row)


def family(code: str) -> str:
    """Return a code up to its first colon: what kind of choice it is."""
    head, colon, _ = code.partition(":")
    return head + colon
