"""What to mind before words go to a citizen."""

import re
from typing import Final

from bot.desk.talks.case import Case
from bot.desk.visit import Visit
from dialogs.clearance import kind_of

_BLANK: Final = re.compile(r"\{[^{}\n]{1,40}\}|_{3,}|\.{5,}")


def has_blanks(text: str) -> bool:
    """Tell whether a canned reply was left with something to fill in."""
    return _BLANK.search(text) is not None


def guard(visit: Visit, beside: Case, text: str, *, is_enclosing: bool = False) -> tuple[str, ...]:
    """Say what to mind before words go to the citizen: blanks, personal data, a shut window."""
    words = visit.words
    told: list[str] = []
    if has_blanks(text):
        told.append(words("desk.talks.guard.blank"))
    if is_enclosing and not beside.is_cleared:
        told.append(words("desk.talks.guard.file"))
    elif (
        text and not beside.is_cleared and beside.world and kind_of(text, beside.world) != "general"
    ):
        told.append(words("desk.talks.guard.personal"))
    is_something = bool(text) or is_enclosing
    if is_something and beside.is_shut:
        told.append(words("desk.talks.guard.window"))
    if is_something and beside.is_gone:
        told.append(words("desk.talks.guard.gone"))
    return tuple(told)
