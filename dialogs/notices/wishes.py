"""What people want of notices, for the shell to write down."""

from dataclasses import dataclass

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
