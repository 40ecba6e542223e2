"""What one event comes to, and the small sentences it is made of."""

from dataclasses import dataclass

from dialogs.buttons import encode
from dialogs.effects import Button, Effect, Say
from dialogs.meanings import Meaning
from dialogs.session import Session
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Turn:
    """What the conversation became, and what it wants of the world, in order."""

    session: Session
    effects: tuple[Effect, ...] = ()

    def after(self, *before: Effect) -> "Turn":
        """Put other effects first."""
        return Turn(self.session, (*before, *self.effects))


def button(meaning: Meaning, label: str) -> Button:
    """Make a button of a meaning."""
    return Button(encode(meaning), label)


def say(words: Words, key: str, *buttons: Button, **values: object) -> Say:
    """Say the text of a key."""
    return Say(words(key, **values), buttons)
