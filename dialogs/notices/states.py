"""In which states a notice and its recipients can be, and which moves there are."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

State: TypeAlias = Literal[
    "draft",
    "checked",
    "for_approval",
    "approved",
    "scheduled",
    "gathering",
    "sending",
    "paused",
    "held",
    "finished",
    "stopped",
    "failed",
]
STATES: Final[tuple[State, ...]] = get_args(State)

Deed: TypeAlias = Literal[
    "create",
    "copy",
    "edit",
    "check",
    "submit",
    "approve",
    "send_back",
    "send",
    "gather",
    "begin",
    "hold",
    "pause",
    "resume",
    "resume_scheduled",
    "resume_gathering",
    "stop",
    "discard",
    "finish",
    "fail",
    "interrupt",
    "go_on",
]

_EDITABLE: Final[tuple[State, ...]] = ("draft", "checked", "for_approval", "approved")

MOVES: Final[Mapping[Deed, Mapping[State, State]]] = {
    "create": {},
    "copy": {},
    "edit": dict.fromkeys(_EDITABLE, "draft"),
    "check": {"draft": "checked", "checked": "checked"},
    "submit": {"checked": "for_approval"},
    "approve": {"for_approval": "approved", "approved": "approved", "held": "scheduled"},
    "send_back": {"for_approval": "draft", "approved": "draft"},
    "send": {"checked": "scheduled", "approved": "scheduled"},
    "gather": {"scheduled": "gathering"},
    "begin": {"gathering": "sending"},
    "hold": {"scheduled": "held", "gathering": "held"},
    "pause": {"scheduled": "paused", "gathering": "paused", "sending": "paused"},
    "resume": {"paused": "sending", "held": "scheduled"},
    "resume_scheduled": {"paused": "scheduled"},
    "resume_gathering": {"paused": "gathering"},
    "stop": dict.fromkeys(("scheduled", "gathering", "sending", "paused", "held"), "stopped"),
    "discard": dict.fromkeys(_EDITABLE, "stopped"),
    "finish": {"sending": "finished"},
    "interrupt": {"sending": "sending"},
    "go_on": {"sending": "sending"},
    "fail": dict.fromkeys(("scheduled", "gathering", "sending", "held"), "failed"),
}
"""By what is done: from which state into which. Whatever is not here may not be done."""

ENDED: Final = frozenset[State]({"finished", "stopped", "failed"})

Row: TypeAlias = Literal[
    "pending", "retry", "handed", "accepted", "read", "skipped", "failed", "unknown"
]
ROWS: Final[tuple[Row, ...]] = get_args(Row)
"""What can be with one recipient; the order is how they are told."""

ROW_MOVES: Final[Mapping[Row, frozenset[Row]]] = {
    "pending": frozenset({"handed", "skipped", "pending"}),
    "retry": frozenset({"handed", "skipped", "retry"}),
    "handed": frozenset({"accepted", "retry", "failed", "unknown", "pending", "skipped"}),
    "accepted": frozenset({"read", "failed"}),
    "read": frozenset(),
    "skipped": frozenset(),
    "failed": frozenset(),
    "unknown": frozenset({"accepted", "read", "failed"}),
}
"""What a recipient's row may become. An unknown outcome is never tried again; only the
messenger itself can settle it later. A failed one becomes pending in another chat of the
same person before it is written down as failed. What comes back to be tried again when the notice
has ended is skipped.
"""

OPEN_ROWS: Final = frozenset[Row]({"pending", "retry"})
REACHED: Final = frozenset[Row]({"accepted", "read"})


def moved(state: State, deed: Deed) -> State | None:
    """Return the state that a deed leads to; None when it may not be done."""
    return MOVES[deed].get(state)
