"""What buttons under notices can mean."""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.notices.content import Kind


@dataclass(frozen=True, slots=True)
class AnswerNotice:
    """Answer the question of a notice with one of its choices, by place from 0."""

    notice: int
    place: int


@dataclass(frozen=True, slots=True)
class ChooseNotices:
    """Want notices of a kind, or want them no longer."""

    kind: Kind
    agrees: bool


@dataclass(frozen=True, slots=True)
class StopNotices:
    """Want no news and no advertising any more."""


@dataclass(frozen=True, slots=True)
class ToNotices:
    """Show which kinds of notices there are, and choose."""


OnNotices: TypeAlias = AnswerNotice | ChooseNotices | StopNotices | ToNotices
