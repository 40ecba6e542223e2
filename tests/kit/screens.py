"""What a person sees: messages in order with their buttons, edits applied."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["bot", "person"]


@dataclass(frozen=True, slots=True)
class Key:
    """A button: its label, and what it sends or opens.

    ``kind`` is ``press`` (sends ``data`` back), ``link`` (opens ``data``), ``contact`` (shares
    the person's own number) or ``text`` (sends its label as if typed). ``hint`` is the small
    line under a row of a list.
    """

    label: str
    data: str = ""
    kind: str = "press"
    hint: str = ""


@dataclass(slots=True)
class Shown:
    """One message on the screen; ``file`` is a name and bytes, ``keys`` are rows of buttons."""

    id: str
    side: Side
    text: str = ""
    keys: tuple[tuple[Key, ...], ...] = ()
    file: tuple[str, bytes] | None = field(default=None, repr=False)
    kind: str = "text"
    edited: bool = False
    group: str = ""

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, in order."""
        return [key.label for row in self.keys for key in row]


@dataclass(slots=True)
class Screen:
    """One person's chat with the bot.

    ``keyboard`` is what stands in place of the phone's own keyboard, where a messenger has that;
    ``typing`` counts how often the bot was seen typing; ``notices`` are short words that were
    shown for a moment, such as the answer to a press.
    """

    messages: list[Shown] = field(default_factory=list)
    keyboard: tuple[tuple[Key, ...], ...] = ()
    typing: int = 0
    notices: list[str] = field(default_factory=list)

    @property
    def said(self) -> list[Shown]:
        """What the bot said."""
        return [one for one in self.messages if one.side == "bot"]

    def message(self, name: str) -> Shown | None:
        """Find a message by the messenger's name for it."""
        return next((one for one in self.messages if one.id == name), None)

    def find(self, label: str) -> tuple[Shown, Key]:
        """Find the newest button of a label; raises LookupError when it is not on the screen."""
        for message in reversed(self.messages):
            for row in message.keys:
                for key in row:
                    if key.label == label:
                        return message, key
        raise LookupError(f"no button «{label}» on the screen: {self.messages[-3:]}")
