"""Everything that can happen to a conversation."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["voice", "sticker", "location", "contact", "other"]


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
    type as found in the bytes, never as claimed; ``size`` is in bytes.
    """

    id: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Attached:
    """The person sent files, perhaps with a caption."""

    files: tuple[FileSent, ...]
    caption: str = field(default="", repr=False)


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
class RepresentativeJoined:
    """A representative of the insurer leads the dialog from here on."""

    name: str


@dataclass(frozen=True, slots=True)
class RepresentativeLeft:
    """The representative gave the dialog back."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A release changed a form, and part of an open draft no longer fits it.

    ``steps`` are the ids of the answers that were dropped; empty when the form is gone.
    """

    form: str
    steps: tuple[str, ...] = ()


Incoming: TypeAlias = (
    Opened
    | Said
    | Pressed
    | Attached
    | Unreadable
    | Filed
    | RepresentativeJoined
    | RepresentativeLeft
    | Outdated
)
