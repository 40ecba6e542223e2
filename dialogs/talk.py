"""A talk: an episode of a chat in which a person was asked for."""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["live", "question", "callback"]
"""How the citizen waits: in the chat, for an answer to a question left, for a call."""

State: TypeAlias = Literal["queued", "led", "awaiting", "filling", "parked", "closed"]
"""``led``: the representative owes an answer; ``awaiting``: the citizen does; ``filling``: the
citizen is in a form that the representative opened."""

Doer: TypeAlias = Literal["citizen", "representative", "clock"]

MoveKind: TypeAlias = Literal[
    "queued",
    "left_queue",
    "claimed",
    "took_up",
    "parked",
    "woke",
    "lapsed",
    "passed",
    "handed_in",
    "filled",
    "unfilled",
    "given_back",
    "closed",
    "rated",
]
"""What may happen to a talk; the names are kept, so a published format."""

LED: frozenset[State] = frozenset({"led", "awaiting", "filling", "parked"})
"""States in which a talk is somebody's."""

OUTCOMES = ("answered", "filed", "called", "referred", "unanswered", "empty")
"""How a representative may end a talk; ``empty``: there was nothing to answer."""
