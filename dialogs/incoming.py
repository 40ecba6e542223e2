"""Everything that can happen to a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from dialogs.json import Json
from dialogs.lifecycle import State
from dialogs.move_events import OnTheMove
from dialogs.paper import Instead, PaperPolicy
from dialogs.rulings import Ruled
from dialogs.talk_events import (
    HandedIn,
    PassedOn,
    Queued,
    RepresentativeJoined,
    RepresentativeLeft,
    RepresentativeSaid,
    SetAside,
)

Obstacle: TypeAlias = Literal["elsewhere", "fault"]
Refusal: TypeAlias = Literal["kind", "broken", "locked", "pixels", "too_large", "lost"]
Kind: TypeAlias = Literal["voice", "sticker", "location", "contact", "edited", "other"]


@dataclass(frozen=True, slots=True)
class Opened:
    """The person opened the chat, perhaps through a link that names a topic or a form."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The person typed something; the text is kept out of every log."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a button; the code may be old or forged, see `dialogs.buttons`."""

    code: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """One file that the shell has received and looked into.

    ``id`` is the shell's name for it, empty when nothing was kept; ``kind`` is its content
    type as found in the bytes, never as claimed; ``size`` is in bytes; ``flaws`` are what
    a look at the picture found, such as ``dark`` or ``blurred``.
    """

    id: str
    kind: str
    size: int
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """The person sent files, perhaps with a caption; a ``lost`` one the messenger did not give."""

    files: tuple[FileSent, ...]
    caption: str = field(default="", repr=False)
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something arrived that the assistant cannot read, such as a voice message."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Filed:
    """The shell filed an application and gave it a number."""

    form: str
    number: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An application of this person is in a new state, or stays in it though asked to move.

    ``due_on`` is the day by which something is promised or asked for. A request for
    clarification names the ``steps`` to be asked again and brings the ``answers`` filed, and so
    does the approval of an extract, which is issued then.
    """

    number: str
    form: str
    state: State
    reason: str = ""
    due_on: date | None = None
    steps: tuple[str, ...] = ()
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Woke:
    """A moment that was asked for by `dialogs.effects.Remind`; None in what was kept of old."""

    name: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person blocked the assistant in the messenger: it reaches them no more."""


@dataclass(frozen=True, slots=True)
class Returned:
    """The person let the assistant in again, and has said nothing yet."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A release changed a form, and part of an open draft no longer fits it.

    ``steps`` are the ids of the answers that were dropped; empty when the form is gone.
    """

    form: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way, if what was claimed is so; nobody here learns whether it is."""


@dataclass(frozen=True, slots=True)
class Paused:
    """Too much was tried; the next attempt is heard from an aware moment on."""

    until: datetime


@dataclass(frozen=True, slots=True)
class CodeChecked:
    """A code was right, and the person with our id ``insured`` is linked; 0 when it was not."""

    insured: int = 0


@dataclass(frozen=True, slots=True)
class Vouched:
    """The messenger says that this number is the person's own: they have shared it."""

    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimTaken:
    """What was claimed is being looked up; `ClaimChecked` or `Busy` follows later."""


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """A claim was true, and the person with our id ``insured`` is linked; 0 when it was not."""

    insured: int = 0


@dataclass(frozen=True, slots=True)
class Scanned:
    """Photos were looked at for the barcode of a paper policy.

    ``files`` are their names; ``policy`` is what the barcode says, None when there is
    something else ``instead``.
    """

    files: tuple[str, ...]
    policy: PaperPolicy | None = field(default=None, repr=False)
    instead: Instead = "nothing"


@dataclass(frozen=True, slots=True)
class Busy:
    """The register does not answer; ``insured`` is whose extract was wanted, 0 for a proof."""

    insured: int = 0


@dataclass(frozen=True, slots=True)
class NotIssued:
    """No extract can be made of a linked person, and trying again will not help.

    ``elsewhere``: another insurer insures the person; ``fault``: our own side has failed.
    """

    insured: int
    reason: Obstacle


@dataclass(frozen=True, slots=True)
class Issued:
    """The extract of a linked person is there under its number."""

    insured: int
    number: str


Incoming: TypeAlias = (
    Opened
    | Said
    | Pressed
    | Attached
    | Unreadable
    | Filed
    | Moved
    | Woke
    | Queued
    | RepresentativeJoined
    | RepresentativeSaid
    | PassedOn
    | HandedIn
    | SetAside
    | RepresentativeLeft
    | Stopped
    | Returned
    | Outdated
    | CodeSent
    | Paused
    | CodeChecked
    | Vouched
    | ClaimTaken
    | ClaimChecked
    | Scanned
    | Ruled
    | Busy
    | Issued
    | NotIssued
    | OnTheMove
)
