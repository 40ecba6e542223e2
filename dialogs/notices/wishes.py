"""What people want of notices, for the shell to write down."""

from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.notices.content import Kind


@dataclass(frozen=True, slots=True)
class NoticesChosen:
    """The person wants notices of a kind, or wants them no longer, by a version of the words."""

    kind: Kind
    agrees: bool
    version: str


@dataclass(frozen=True, slots=True)
class NoticeAnswered:
    """The person answered the question of a notice, by the place of the answer from 0."""

    notice: int
    place: int


@dataclass(frozen=True, slots=True)
class TrialWanted:
    """Somebody of the staff wants to see notices in this chat first, by a code of the desk."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChoicesWanted:
    """The person asks which kinds of notices they get: this turn has to know that.

    It is made again, with `dialogs.world.World.chosen`.
    """


ToNotices: TypeAlias = NoticesChosen | NoticeAnswered | TrialWanted | ChoicesWanted
