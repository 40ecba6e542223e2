"""What a channel is to the shell, and the shell to a channel."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from aiohttp import web

from bot.channels.bubbles import Bubble
from bot.channels.pace import Again, Pace
from bot.channels.staffroom import Staffroom
from dialogs.incoming import FileSent, Incoming
from dialogs.message import Message
from dialogs.words import Words

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
    the channel does not know; it is counted by, never kept in clear. ``phone`` is the person's
    own number, vouched for by the messenger, as forms keep one; empty when it does not tell.
    ``window`` when it comes from a window of the web chat onto the conversation.
    """

    channel: str
    chat: str
    key: str
    incoming: Incoming
    sent_at: datetime
    language: str = ""
    origin: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    window: bool = False


class Failure(Enum):
    """Why a message was not delivered: three members because there are three things to do."""

    LATER = "later"
    GONE = "gone"
    REJECTED = "rejected"


class Undelivered(Exception):
    """A channel could not deliver.

    ``after`` is how many seconds to wait, if it said so, or our ``guess``; ``all_chats`` when that
    is said of the whole bot, which without ``after`` may send nothing at all for the time being (a
    token withdrawn, an account restricted); ``unknown`` when the message may have been delivered
    all the same. The reason is kept and shown to representatives: nothing personal, no address
    with a token in it.
    """

    def __init__(
        self,
        failure: Failure,
        reason: str,
        after: float | None = None,
        *,
        all_chats: bool = False,
        unknown: bool = False,
        guess: bool = False,
    ) -> None:
        super().__init__(f"{failure.value}: {reason}")
        self.failure = failure
        self.reason = reason
        self.after = after
        self.all_chats = all_chats
        self.unknown = unknown
        self.guess = guess


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
        """Draw a document as `documents.content_of` tells; None when this chat has none such."""
        ...

    async def picture(self, channel: str, chat: str, name: str) -> bytes | None:
        """Draw a document as `documents.picture_of` tells, if it is looked at in the chat."""
        ...


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file as its messenger names it, not fetched yet.

    ``kind`` is the content type it claims, ``size`` its bytes, None when not told.
    """

    id: str
    kind: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one update of a messenger says: a letter, and the files it comes without.

    The ``files`` are fetched once the arrival is durable and become the letter's `Attached`,
    which has none before. Arrivals with the same ``album`` become one letter.
    """

    letter: Letter
    files: tuple[FileRef, ...] = ()
    album: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a messenger tells of a message of ours, by the name it gave to the last of its calls.

    ``failure`` and ``reason`` say why a message that had been taken was not delivered after all.
    ``chat`` and ``seq`` say which message it is, where the messenger carries our own word for it
    and it is the last part of the message: that settles one whose outcome was unknown.
    """

    name: str
    state: Literal["sent", "delivered", "read", "failed"]
    failure: Failure | None = None
    reason: str = ""
    chat: str = ""
    seq: int = 0


class Arrivals(Protocol):
    """Where a messenger hands in what its updates say."""

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Return once all of it is durable; a repeat is a no-op; raises `Busy`.

        The arrivals of one chat keep their order, whatever files they wait for.
        """
        ...

    async def confirm(self, channel: str, receipts: Sequence[Receipt]) -> None:
        """Note what became of messages; a state only moves forward."""
        ...

    def refused(self, channel: str, why: str) -> None:
        """Count a request that was forged, malformed or too large."""
        ...


@dataclass(frozen=True, slots=True)
class Situation:
    """What the wording of a message depends on beside the message itself.

    ``heard_at`` is when the person last wrote, None if never; both moments are in UTC.
    ``is_notice`` tells what an operator writes to many from what one person is told.
    """

    language: str
    now: datetime
    heard_at: datetime | None
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every messenger is given by the composition; ``staffroom`` where there is a forum."""

    arrivals: Arrivals
    documents: Documents
    words: Mapping[str, Words]
    clock: Callable[[], datetime]
    staffroom: Staffroom | None = None


Request = TypeVar("Request")
"""One call of a messenger, as a value; each messenger has kinds of its own."""


class Messenger(Protocol[Request]):
    """A messenger at work: two pure functions, of which reading is its own affair, and an edge."""

    @property
    def name(self) -> str:
        """The channel's published name."""
        ...

    @property
    def pace(self) -> Pace:
        """How fast it may be called: as it has published, or as was agreed with it."""
        ...

    def write(self, message: Message, situation: Situation) -> Sequence[Request]:
        """Say with which calls, one after another, a message is shown; pure.

        Raises `Undelivered` (`REJECTED`) when the messenger's rules leave no way.
        """
        ...

    def show(self, request: Request) -> Bubble:
        """Say what a person will see of a call; pure."""
        ...

    async def perform(self, chat: str, request: Request, again: Again) -> str:
        """Make one call; return the messenger's name for the message, or raise `Undelivered`.

        Its turn has come. What had to wait for something else meanwhile, or is called for the
        message a second time, waits for its turn ``again``.
        The failure is `unknown` when the messenger may have taken the call all the same.
        """
        ...

    async def fetch(self, file: FileRef) -> bytes:
        """Fetch a file that somebody sent; raises `UnfitFile` and `Undelivered`."""
        ...

    async def show_typing(self, chat: str) -> None:
        """Show that an answer is being prepared; of no consequence when it fails."""
        ...

    def routes(self) -> Iterable[web.RouteDef]:
        """List the addresses for the messenger's own calls; none when it is polled."""
        ...

    async def run(self) -> None:
        """Introduce the assistant to the messenger, then receive until cancelled.

        Runs in one process only, however many there are. Raises `Undelivered` when it cannot
        go on; it is started again later.
        """
        ...

    async def close(self) -> None:
        """Let go of connections; nothing is asked of it afterwards."""
        ...
