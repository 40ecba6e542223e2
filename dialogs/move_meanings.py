"""What buttons of moving an application to another messenger mean."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

MoveAct: TypeAlias = Literal["begin", "offer", "take", "let", "refuse"]
"""To ask how to move, to get a code, to take it here, to let it go, to leave it."""


@dataclass(frozen=True, slots=True)
class MoveOn:
    """Do a step of moving an unfinished application to another messenger."""

    act: MoveAct
