"""What buttons of moving to another messenger mean."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

MoveAct: TypeAlias = Literal["begin", "offer", "whole", "take", "let", "refuse"]
"""To ask how to move, to get a code for an application or for all; then to take it, let it go,
or leave it."""


@dataclass(frozen=True, slots=True)
class MoveOn:
    """Do a step of moving to another messenger."""

    act: MoveAct
