"""Everything a conversation may want from the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from dialogs.insured import Claim
from dialogs.json import Json
from dialogs.lifecycle import Actor, State
from dialogs.move_effects import OfMove
from dialogs.notices.wishes import ToNotices
from dialogs.talk import Kind

Data: TypeAlias = Literal["general", "personal", "document"]


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message: its code on the wire and its label for people."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a message says, by name and values, for channels that take agreed wordings only.

    WhatsApp wants it outside of its 24-hour window; the organisation's file names the
    messenger's own template for ``name`` and language.
    """

    name: str
    values: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the person.

    ``text`` is plain: paragraphs parted by an empty line, list items on lines that begin
    with «• ». ``note`` is small print (as of when, from where). ``document`` names a file
    to send along, ``<kind>:<number>``, drawn by the shell. ``data`` is the kind of data
    inside, by which a channel may or may not carry it. ``asks_phone`` wants the number that
    the messenger itself vouches for: a channel that can shows its own button for it.
    ``template`` is there where the message may come unasked.
    """

    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    note: str = ""
    data: Data = "general"
    document: str = ""
    asks_phone: bool = False
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class File:
    """File an application; the world answers with `Filed`.

    ``about`` names the person it is for when that is not the citizen. With ``amends`` the
    answers complete the application of that number, which goes back into review. ``sources``
    tell by step where an answer comes from that nobody has typed.
    """

    form: str
    version: int
    answers: Mapping[str, Json] = field(repr=False)
    about: str = field(default="", repr=False)
    amends: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """Move an application of this person; the world answers with `Moved`."""

    number: str
    state: State
    actor: Actor


@dataclass(frozen=True, slots=True)
class Remind:
    """Wake this conversation with `Woke` at an aware moment; a later one of a name replaces it."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Forget:
    """Wake this conversation no more for a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Missed:
    """So many reminders of a kind came too late to be said, or were folded into a later one."""

    kind: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Consent:
    """Record that the person agreed to the processing of personal data, to which text.

    The version `WITHDRAWN` records that the consent was taken back.
    """

    version: str


WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Call a representative; the world answers with `Queued`.

    ``topic`` is what it is about, a topic's or a form's id, and ``question`` what was asked,
    with personal numbers masked. Who is ``urgent`` is in distress. A callback names the
    ``phone`` and the ``preferred`` time in the citizen's words.
    """

    kind: Kind = "live"
    topic: str = ""
    question: str = field(default="", repr=False)
    urgent: bool = False
    phone: str = field(default="", repr=False)
    preferred: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Wait for a representative no longer."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Words of a representative, by the name that citizens are told, for the person.

    ``data`` is as in `Say`, as far as a look at the words can tell; ``document`` too.
    """

    name: str
    text: str = field(repr=False)
    data: Data = "general"
    document: str = ""


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give the dialog back to the representative who had opened a form for the person.

    ``number`` is the application that was filed; empty when the form was left unfinished.
    """

    number: str = ""


@dataclass(frozen=True, slots=True)
class RateTalk:
    """The person rated a talk, by its id, from 1 to 5."""

    talk: int
    score: int


@dataclass(frozen=True, slots=True)
class Relay:
    """Pass what the person said on to the representative who leads the dialog."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Conceal:
    """Keep this text in the history in place of what was typed: it held personal numbers."""

    text: str = field(repr=False)


WonderedAs: TypeAlias = Literal["unsure", "half_sure", "not_helpful"]
"""What became of a question that found no sure answer."""


@dataclass(frozen=True, slots=True)
class Wondered:
    """A question found no sure answer, or its answer did not help: for the editors' list.

    ``guesses`` are topic ids, best first. The text comes with personal numbers masked.
    """

    text: str = field(repr=False)
    guesses: tuple[str, ...] = ()
    outcome: WonderedAs = "unsure"


@dataclass(frozen=True, slots=True)
class Answered:
    """A topic was told to the person: for the statistics, which know of nobody."""

    topic: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The person said whether an answer helped."""

    topic: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a code to the phone of a claim, if the register knows such a person.

    The world answers at once with `CodeSent` or `Paused`, alike whether there is one; `Busy`
    may follow.
    """

    claim: Claim


@dataclass(frozen=True, slots=True)
class Scan:
    """Look for the barcode of a paper policy in photos of this chat; `Scanned` follows later."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckClaim:
    """Look up a claim whose phone the messenger vouches for, and link the chat to whom it proves.

    The world answers at once with `ClaimTaken` or `Paused`, and later with `ClaimChecked` or
    `Busy`, alike whether there is such a person.
    """

    claim: Claim


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Check a code that was typed, and link the chat to whom it proves.

    The world answers with `CodeChecked`.
    """

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlink:
    """Part this chat from a person of the register, by our id."""

    insured: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Issue an extract for a linked person, by our id; `Issued` or `Busy` follows later."""

    insured: int


Effect: TypeAlias = (
    Say
    | File
    | Move
    | Remind
    | Forget
    | Missed
    | Consent
    | CallPerson
    | LeaveQueue
    | Speak
    | HandBack
    | RateTalk
    | Relay
    | Conceal
    | Wondered
    | Answered
    | Rated
    | ToNotices
    | Scan
    | SendCode
    | CheckClaim
    | CheckCode
    | Unlink
    | Issue
    | OfMove
)
