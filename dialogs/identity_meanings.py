"""What buttons of proving who one is, and of what the register knows of one, can mean."""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.insured import Goal, Role


@dataclass(frozen=True, slots=True)
class Want:
    """Have something of the register, of one of the people linked or yet to be chosen."""

    goal: Goal
    insured: int = 0


@dataclass(frozen=True, slots=True)
class SayWho:
    """Say whom one is going to prove to be, or to be the parent of."""

    role: Role


@dataclass(frozen=True, slots=True)
class Allow:
    """Agree that the register is asked about oneself."""


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Have another code sent."""


@dataclass(frozen=True, slots=True)
class MyNumber:
    """Prove it with the number that the messenger itself vouches for."""


@dataclass(frozen=True, slots=True)
class ToPeople:
    """List the people proven in this chat."""


@dataclass(frozen=True, slots=True)
class Part:
    """Part this chat from a person; ``sure`` once that has been confirmed."""

    insured: int
    sure: bool = False


OnIdentity: TypeAlias = Want | SayWho | Allow | SendAgain | MyNumber | ToPeople | Part
