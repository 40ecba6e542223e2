"""How late a reminder of each kind is still worth saying, after the program has stood still."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

USEFUL: Final[Mapping[str, timedelta | None]] = {
    "draft": timedelta(days=14),
    "promise": None,
    "clarify": None,
    "window": None,
    "duty": None,
}
"""By the kind that begins a reminder's name: for how long it is of use, None for always.

draft: an old draft is offered from the menu anyway; a fortnight later nobody wants the line.
promise: a promise broken is owned up to, however late.
clarify: the application is suspended; that is a fact, not a courtesy.
window: said while the window is open, see `dialogs.applying`.
duty: what is said is true on the day it is said, steps that were missed fold into it, and
`dialogs.duties.ladder` tells when nothing is left to say.
"""


def is_too_late(kind: str, due_at: datetime | None, now: datetime) -> bool:
    """Tell whether a reminder is better not said at all."""
    useful = USEFUL.get(kind)
    return due_at is not None and useful is not None and now > due_at + useful
