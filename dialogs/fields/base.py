"""What every kind of answer is made of, and what it may say about what it read."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from dialogs.incoming import Incoming, Said
from dialogs.json import Json
from dialogs.plain import one_line
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer is refused: the id of a text, such as ``future`` of `problem.future`.

    ``offer`` names what can be done instead: an earlier step that may be the wrong one, or a
    reminder, where the law says «not now».
    """

    id: str
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that can be kept but looks wrong; ``id`` names the text `doubt.<id>`."""

    value: Json
    id: str


@dataclass(frozen=True, slots=True)
class More:
    """The answer is not complete yet; ``value`` is what has been collected so far."""

    value: Json


Reading: TypeAlias = Json | More | Problem | Doubt
"""What a field makes of what happened."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a field may know while it reads.

    ``key`` is the path of the step's texts, ``so_far`` what has been collected for it,
    ``now`` the aware time of the turn, ``answers`` the relevant answers given before.
    """

    key: str
    words: Words
    now: datetime
    so_far: Json = None
    answers: Mapping[str, Json] = field(default_factory=dict)


class Field(ABC):
    """One kind of answer.

    ``greedy`` kinds would take any text at all; those that ``collect`` take several things
    one by one, and their choices end the collection. ``follows`` names the steps whose change
    makes an answer of this kind void. ``personal`` kinds tell something of a person, so that
    neither question nor answer may travel where personal data may not.
    """

    greedy: bool = False
    collects: bool = False
    follows: tuple[str, ...] = ()
    personal: bool = True

    @abstractmethod
    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read an answer from what happened, or say what is wrong with it."""

    @abstractmethod
    def accepts(self, value: Json) -> bool:
        """Tell whether a stored answer is still one of this kind."""

    @abstractmethod
    def show(self, value: Json, asking: Asking) -> str:
        """Write a stored answer for the person."""

    def again(self, value: Json, asking: Asking) -> Reading:
        """Judge a stored answer anew: those given before it may have changed since."""
        del asking
        return value

    def kept(self, doubted: Json) -> Reading:
        """Take an answer that was doubted and that the person keeps."""
        return doubted

    def choices(self) -> tuple[str, ...]:
        """Return the values offered as buttons, if the kind has such."""
        return ()

    def chosen(self, value: str, asking: Asking) -> Reading:
        """Read the press of a choice."""
        del asking
        return value if value in self.choices() else Problem("choice")


def said(incoming: Incoming) -> str:
    """Return what was typed, on one line and in one form; empty when nothing was."""
    return one_line(incoming.text) if isinstance(incoming, Said) else ""
