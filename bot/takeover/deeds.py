"""What representatives, and the clock, do with talks; each deed is a letter to the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.letters import OfStaff, Refused
from dialogs.json import Json
from dialogs.talk import State


@dataclass(frozen=True, slots=True)
class Representative:
    """Who acts: by login in our books, by name before citizens."""

    login: str
    name: str


CLOCK = Representative("", "")
"""Nobody acts: time has passed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Take a talk from the queue; ``key`` is by what the deed is known again.

    ``through`` is what the journal says of how, empty for the desk itself.
    """

    key: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Write to the citizen; ``seen`` is the last place of the history on the screen.

    ``documents`` name kept files of the chat that go along.
    """

    text: str = field(repr=False)
    seen: int
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Park:
    """Set a talk aside until a moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Go on with one's own talk that was parked, or that waits for the citizen."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """Pass a talk to a colleague, or to the queue (None), with a private note."""

    to: Representative | None
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Give the citizen back to the assistant."""


@dataclass(frozen=True, slots=True)
class HandInto:
    """Open a form for the citizen at a step, with answers known already."""

    form: str
    step: str
    answers: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Close:
    """End a talk with an outcome."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """The lease has ended: the representative owes an answer and is silent."""


@dataclass(frozen=True, slots=True)
class Wake:
    """The moment has come until which a talk was parked."""


Wish: TypeAlias = (
    Claim | Reply | Park | TakeUp | PassOn | GiveBack | HandInto | Close | Lapse | Wake
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(OfStaff):
    """A wish about the talk of that id; the turn makes of it what the core is told.

    A refused one raises `Refused` where it was handed in, and nothing at all is written.
    """

    talk: int
    by: Representative
    wish: Wish


class Elsewhere(Refused):
    """The talk is not where the wish supposed it: it is in ``state``, led by ``leader``."""

    def __init__(self, state: State, leader: str = "") -> None:
        super().__init__(f"the talk is {state}")
        self.state = state
        self.leader = leader


class CitizenWrote(Refused):
    """The citizen has written what the representative had not seen, at the place ``seq``."""

    def __init__(self, seq: int) -> None:
        super().__init__("the citizen wrote meanwhile")
        self.seq = seq
