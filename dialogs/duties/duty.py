"""A duty as a value: what has changed, when, for whom, and what has been said of it so far."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from dialogs.json import Json

Kind: TypeAlias = Literal[
    "name",
    "document",
    "address",
    "insurer",
    "newborn",
    "passport_14",
    "passport_20",
    "passport_45",
    "right",
    "window",
]
ChangeKind: TypeAlias = Literal["name", "document", "address", "newborn", "contacts", "old_policy"]
CHANGES: tuple[ChangeKind, ...] = get_args(ChangeKind)
ADVICE: frozenset[ChangeKind] = frozenset({"contacts", "old_policy"})
"""Changes that the law sets no term for: telling the insurer is advice."""

State: TypeAlias = Literal["running", "done", "stopped"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done by a day.

    ``number`` tells apart the duties of a chat and names its reminder, ``duty:<number>``.
    ``since`` is the day of the event from which the term counts, ``noted_on`` the day on
    which it was told or found. ``about`` is a kin of `dialogs.duties.kin`, empty for
    oneself; ``insured`` our id of a linked person whose record has begun it, else 0.

    What was said is one day: every rung of the ladder up to ``told_on`` is past, said or
    folded. ``again_on`` is the day until which the person has put it off. ``by`` is the
    application that fulfils it.
    """

    number: int
    kind: Kind
    since: date
    noted_on: date
    told_on: date
    about: str = ""
    insured: int = 0
    state: State = "running"
    again_on: date | None = None
    by: str = ""

    @property
    def reminder(self) -> str:
        """Name the duty's one reminder."""
        return f"duty:{self.number}"

    @property
    def is_running(self) -> bool:
        """Tell whether it is neither done nor to be kept quiet about."""
        return self.state == "running"


_DAYS = frozenset({"since", "noted_on", "told_on", "again_on"})
_BEGINNING = {one.name: None if one.default is MISSING else one.default for one in fields(Duty)}


def dump(duty: Duty) -> dict[str, Json]:
    """Write a duty as JSON; what equals the beginning is left out."""
    state: dict[str, Json] = {}
    for name, beginning in _BEGINNING.items():
        value = getattr(duty, name)
        if value != beginning:
            state[name] = value.isoformat() if name in _DAYS else value
    return state


def load(state: Mapping[str, Any]) -> Duty:
    """Read a duty back."""
    known: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value
        for name, value in state.items()
        if name in _BEGINNING
    }
    return Duty(**known)
