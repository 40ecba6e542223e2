"""What a person sees of a call, for somebody who looks before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as a messenger shows it.

    ``text`` is plain; ``attached`` says what stands above it. ``buttons`` are labels row by row,
    beneath the message, or in a list that a button called ``opening`` opens. Of an agreed
    ``template`` only its name is known here: its words are the messenger's.
    """

    text: str = ""
    attached: Literal["", "picture", "file"] = ""
    buttons: Sequence[Sequence[str]] = ()
    opening: str = ""
    template: str = ""
