"""Buttons laid out for a thumb; pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.channels.lasting import PAGE, family
from bot.channels.splitting import utf16
from dialogs.effects import Button

_SHORT: Final = 16
"""So many letters are seen whole on a narrow phone when two buttons share a row."""

_WAYS: Final = frozenset({"b", "x", "m", PAGE})
"""Codes that lead on or out, whatever the question: they stand on a row of their own."""


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
    families = {family(first.code), family(second.code)}
    return len(families) == 1 or families <= _WAYS
