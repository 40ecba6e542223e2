"""Chats of the business's number: people, their window, media, templates."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final, Literal, TypeAlias

from tests.kit.screens import Screen

_MEGABYTE: Final = 1024 * 1024
_WINDOW: Final = timedelta(hours=24)
MEDIA_URL_LIVES: Final = timedelta(minutes=5)
DOCUMENTS: Final = {
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
LARGEST: Final = {
    **dict.fromkeys(("image/jpeg", "image/png"), 5 * _MEGABYTE),
    **dict.fromkeys(("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr"), 16 * _MEGABYTE),
    **dict.fromkeys(("audio/ogg", "video/mp4", "video/3gpp"), 16 * _MEGABYTE),
    "image/webp": 500 * 1024,
    **dict.fromkeys(DOCUMENTS, 100 * _MEGABYTE),
}
"""In bytes, by content type: what may be uploaded."""

TemplateState: TypeAlias = Literal["approved", "paused", "disabled"]


@dataclass(slots=True)
class Person:
    """Somebody with WhatsApp.

    ``phone`` is empty for one who uses a name instead; ``bsuid`` is empty where Meta does not
    send it yet. ``window_closed`` closes the window whatever the hour, as Meta now and then does.
    """

    key: str
    name: str
    phone: str
    bsuid: str
    blocked: bool = False
    unreachable: bool = False
    wrote_at: datetime | None = None
    window_closed: bool = False
    screen: Screen = field(default_factory=Screen)

    @property
    def address(self) -> str:
        """How the bot names the person: the id of this business, else the phone."""
        return self.bsuid or self.phone

    def window_open(self, now: datetime) -> bool:
        """Whether free text may be sent."""
        return self.wrote_at is not None and now - self.wrote_at < _WINDOW


@dataclass(slots=True)
class Media:
    """A file on Meta's side; ``asked_at`` is when its address was last given out."""

    id: str
    content: bytes = field(repr=False)
    kind: str = ""
    asked_at: datetime | None = None

    @property
    def digest(self) -> str:
        """Its SHA-256 as Meta tells it."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A template with places ``{{1}}``, ``{{2}}`` and, perhaps, quick replies."""

    text: str
    state: TemplateState = "approved"
    replies: tuple[str, ...] = ()


@dataclass(slots=True)
class Chats:
    """Everybody who has ever written, or may be written to."""

    people: dict[str, Person] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
    keeps_files: bool = True
    templates: dict[tuple[str, str], ApprovedTemplate] = field(default_factory=dict)
    found: dict[str, Person] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=lambda: count(1))

    def number(self) -> int:
        """Draw a number that nothing else has."""
        return int(next(self._numbers))

    def person(self, key: str) -> Person:
        """Find somebody by the test's name for them, who is new at the first time."""
        if key not in self.people:
            place = len(self.people) + 1
            phone, bsuid = f"7999000{place:04}", f"RU.9{place:015}"
            self.people[key] = Person(key, key.capitalize(), phone, bsuid)
        return self.people[key]

    def at(self, to: str, recipient: str) -> Person | None:
        """Find who is at a phone, or at an id of this business."""
        phone = to.removeprefix("+")

        def is_there(one: Person) -> bool:
            return bool((recipient and one.bsuid == recipient) or (phone and one.phone == phone))

        known = self.found.get(recipient or phone)
        if known is None or not is_there(known):  # who is new, or has changed the number
            known = next(filter(is_there, self.people.values()), None)
            if known:
                self.found[recipient or phone] = known
        return known

    def lapse(self) -> None:
        """Let go of every file, as Meta does after 30 days."""
        self.lapsed.update(self.media)
        self.media.clear()

    def keep(self, content: bytes, kind: str) -> Media:
        """Keep a file."""
        media = Media(str(1_000_000_000_000_000 + self.number()), content, kind)
        self.media[media.id] = media
        if not self.keeps_files:
            self.lapse()
        return media
