"""What a channel is to the shell, and the shell to a channel."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Literal, Protocol, TypeAlias

from dialogs.incoming import FileSent, Incoming
from dialogs.message import Message

LARGEST_FILE: Final = 5 * 1024 * 1024
"""In bytes: 5 MB, as citizens are told."""

Unfit: TypeAlias = Literal["kind", "broken", "locked", "pixels", "too_large"]


@dataclass(frozen=True, slots=True)
class Letter:
    """Something that happened in one chat of one channel.

    ``chat`` is the person's address inside the channel; ``key`` is unique for the event
    within the channel, so a second delivery of it is a no-op; ``sent_at`` is when it
    reached us, in UTC; ``language`` is what the messenger knows of the person's language,
    used only when the chat is new. ``origin`` is the network address it came from, empty when
    the channel does not know; it is counted by, never kept in clear.
    """

    channel: str
    chat: str
    key: str
    incoming: Incoming
    sent_at: datetime
    language: str = ""
    origin: str = field(default="", repr=False)


class Failure(Enum):
    """Why a message was not delivered: three members because there are three things to do."""

    LATER = "later"
    GONE = "gone"
    REJECTED = "rejected"


class Undelivered(Exception):
    """A channel could not deliver; ``after`` is how many seconds to wait, if it said so."""

    def __init__(self, failure: Failure, reason: str, after: float | None = None) -> None:
        super().__init__(f"{failure.value}: {reason}")
        self.failure = failure
        self.reason = reason
        self.after = after


class UnfitFile(Exception):
    """A file that cannot be taken; ``problem`` is for the person to be told."""

    def __init__(self, problem: Unfit) -> None:
        super().__init__(problem)
        self.problem = problem


class Busy(Exception):
    """Too much is under way; the same letter or file may be handed in again later."""


class Files(Protocol):
    """Where a channel hands in files, and reads them back for the chat that sent them."""

    async def keep(self, chat: str, content: bytes) -> FileSent:
        """Look into a file and keep it; raises `UnfitFile` and `Busy`.

        It stays only if the turn that takes the `FileSent` finds a place for it.
        """
        ...

    async def fetch(self, chat: str, name: str) -> tuple[str, bytes] | None:
        """Return the content type and the bytes of a file of this chat, and of no other."""
        ...


class Intake(Protocol):
    """Where a channel hands in what happened."""

    async def take(self, letter: Letter) -> None:
        """Return once the letter and all it caused are durable; a repeat returns at once."""
        ...


class History(Protocol):
    """Where a channel that shows its own history reads it."""

    async def after(self, chat: str, seq: int) -> Sequence[Message]:
        """Read the messages that follow ``seq``, oldest first, a page at most."""
        ...

    async def before(self, chat: str, seq: int | None) -> Sequence[Message]:
        """Read the last page of messages before ``seq`` (None: the newest), oldest first."""
        ...

    def news(self, chat: str) -> AsyncIterator[None]:
        """Yield at once, then whenever there may be new messages, and now and then without cause.

        The chat is watched from before the first yield, so nothing falls between.
        """
        ...


class Documents(Protocol):
    """Where a channel gets the documents that messages name."""

    async def document(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document as PDF; None when there is none of that name for this chat."""
        ...

    async def picture(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document as PNG, if it is one of those that are looked at in the chat."""
        ...


class Channel(Protocol):
    """A messenger that messages are sent through."""

    @property
    def name(self) -> str:
        """The channel's published name."""
        ...

    async def send(self, chat: str, message: Message) -> str:
        """Deliver one message and return the messenger's name for it, or raise `Undelivered`."""
        ...
