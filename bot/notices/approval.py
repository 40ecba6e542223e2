"""Who answers for a notice, and to how many people it may go by that; pure.

Nothing is sent to more than ``approval_above`` people without the approval, of these very words
and for about this many, by somebody who wrote none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from bot.notices.refusals import AudienceMoved, NeedsApproval
from bot.notices.stages import moved_too_far
from dialogs.notices.states import Deed
from storage.notices import Notice, NoticeMove

Hindrance: TypeAlias = Literal["", "approval", "audience"]

WRITING: Final = frozenset[Deed]({"create", "copy", "edit"})
"""Deeds by which somebody writes a part of a notice, be it the list of its people."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before their eyes: the words of a revision, and how many get them."""

    revision: int
    people: int


def is_answered_for(one: Notice, people: int, approval_above: int) -> bool:
    """Tell whether nobody has to approve a notice any more that so many people get."""
    if people <= approval_above:
        return True
    return bool(one.approver) and not moved_too_far(one.expected, people)


def hindrance(one: Notice, people: int, approval_above: int) -> Hindrance:
    """Tell why a notice may not go to so many people as are meant by now; empty when it may."""
    if people > approval_above and not one.approver:
        return "approval"
    return "audience" if moved_too_far(one.expected, people) else ""


def answered_for(one: Notice, people: int, approval_above: int) -> Notice:
    """Let whoever sends a notice to so many people answer for them, as far as that is enough.

    An approval stays what it was given for, so that small differences do not add up. Raises
    `NeedsApproval`, or `AudienceMoved` where it was given for others.
    """
    if one.approver and not moved_too_far(one.expected, people):
        return one
    if people <= approval_above:
        return replace(one, approver="", expected=people)
    if one.approver:
        raise AudienceMoved(one.expected, people)
    raise NeedsApproval


def written_by(moves: Iterable[NoticeMove]) -> tuple[frozenset[str], int]:
    """Name those who wrote a part of a notice, and the notice whose words it began with, or 0."""
    written = [one for one in moves if one.deed in WRITING]
    origin = next((int(one.why) for one in written if one.deed == "copy"), 0)
    return frozenset(one.login for one in written), origin
