"""What a button of the clock can mean."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dialogs.duties.duty import ChangeKind


@dataclass(frozen=True, slots=True)
class ToDeadlines:
    """List the duties of the clock."""


@dataclass(frozen=True, slots=True)
class Report:
    """Report a change; which one is asked when it is None."""

    change: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class SayDay:
    """Say on which day the change was."""

    day: date


@dataclass(frozen=True, slots=True)
class SayWhom:
    """Say whose change it is: one's own, a kin's, or a linked person's by our id."""

    about: str = ""
    insured: int = 0


DutyAct: TypeAlias = Literal["show", "done", "week", "date", "file", "calendar", "stop", "resume"]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Do something about one duty of the clock, by its number."""

    number: int
    act: DutyAct


@dataclass(frozen=True, slots=True)
class ToZones:
    """Show a page of time zones, counted from 1."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class InZone:
    """Say in which time zone one lives, by its name in the tz database."""

    zone: str


OnClock: TypeAlias = ToDeadlines | Report | SayDay | SayWhom | OnDuty | ToZones | InZone
