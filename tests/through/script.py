"""A transcript line by line: what the person does, and what the core answers to it.

Played «with buttons», a typed label or number of a choice is pressed; played «in digits», a
choice is typed as its number. A line is changed only where the core answers both alike.
"""

import copy
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dialogs.effects import Effect, Say, Speak
from dialogs.reading import fold
from tests.player import Player

Manner: TypeAlias = Literal["as written", "buttons", "digits"]


@dataclass
class Core(Player):
    """The core, which also keeps what it said as values."""

    said: list[Say | Speak] = field(default_factory=list)

    def answer(self, line: str) -> list[Say | Speak]:
        """Play one line and return what was said to it."""
        self.said = []
        self._turn(line)
        return self.said

    def set_up(self, line: str) -> None:
        """Read one of the lines at the top."""
        self._set_up(line)

    def choices(self) -> list[str]:
        """List the labels of the choices that are open."""
        return [button.label for button in self.session.offered]

    def _write(self, effect: Effect) -> list[str]:
        if isinstance(effect, Say | Speak):
            self.said.append(effect)
        return super()._write(effect)


def in_manner(core: Core, line: str, manner: Manner) -> str:
    """Change how a line is said, if the core takes it for the same."""
    other = _otherwise(core.choices(), line, manner)
    if other and _heard(core, other) == _heard(core, line):
        return other
    return line


def _otherwise(choices: list[str], line: str, manner: Manner) -> str:
    said = line[1:].strip()
    if line[0] != ">" or manner == "as written":
        return ""
    if said.startswith("["):
        label = said[1:-1]
    elif said.isdigit() and 0 < int(said) <= len(choices):
        label = choices[int(said) - 1]
    else:
        label = next((one for one in choices if fold(one) == fold(said)), "")
    if label not in choices:
        return ""
    return f"> {choices.index(label) + 1}" if manner == "digits" else f"> [{label}]"


def _heard(core: Core, line: str) -> object:
    """Try a line out on a copy: what is said to it, and where that leads."""
    trial = copy.deepcopy(core)
    said = trial.answer(line)
    return said, trial.session, trial.applications, trial.reminders, trial.talk
