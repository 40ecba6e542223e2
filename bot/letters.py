"""Letters that no messenger brings: a decision, a reminder come due, an errand done."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.channels.base import Letter
from bot.desk.deeds import Deed
from dialogs.incoming import Busy, ClaimChecked, Issued, Moved, NotIssued, Scanned, Woke
from dialogs.move_events import AllHanded, DraftHanded, DraftSought
from dialogs.rulings import ExtractWithdrawn, LinkDecided

Answer: TypeAlias = (
    AllHanded | Busy | ClaimChecked | DraftHanded | DraftSought | Issued | NotIssued | Scanned
)
"""What an errand may come to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal of the desk keeps of a deed: a line that the deed's own turn writes.

    Who, by login; one of `bot.desk.deeds`; about what, and to what end, as `storage.journal.Line`
    has them. Done again with its key, a deed leaves no second line; refused, it leaves none.
    """

    login: str
    deed: Deed
    about: str
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Letter):
    """What a representative called ``name`` decided of an application.

    ``takes_from`` the login of a colleague it only changes hands, and nothing is decided.
    ``incoming`` is the move as wanted; the turn adds its term and, to a request for
    clarification, the answers filed. A refused one raises `Refused` where it was handed in,
    and nothing at all is written.
    """

    incoming: Moved
    name: str
    login: str = ""
    takes_from: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(Letter):
    """A reminder that was due at a moment; nothing happens if it has been moved since."""

    incoming: Woke
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Letter):
    """What came of an errand, by its id; nothing happens if it was answered before.

    Whom a claim proves the turn finds by the errand, for the letter does not say.
    """

    incoming: Answer
    errand: str


class Refused(Exception):
    """A decision that may not be made; the application is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfStaff(Letter):
    """Something that the staff, or the clock in their stead, does in a chat."""

    entry: Entry | None = None


def is_from_person(letter: Letter) -> bool:
    """Tell whether the person did this, so that they are known to be there."""
    return not isinstance(letter, Decision | Alarm | Reply | OfStaff)


def is_news(letter: Letter) -> bool:
    """Tell whether what follows is news of its own, to be sent whoever leads by then."""
    return isinstance(letter, Decision | Reply) or isinstance(
        letter.incoming, LinkDecided | ExtractWithdrawn
    )
