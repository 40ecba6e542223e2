"""Chats of the bot as Telegram keeps them: who is there, what has been said, which files."""

import io
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from PIL import Image

from tests.kit.loopback import Refused
from tests.kit.screens import Screen, Shown

BOT: Final = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "Полис",
    "username": "polis_kit_bot",
}
_FIRST_PERSON: Final = 500_000_001
_LONGEST_SIDE_SUM: Final = 10_000
_LARGEST_PHOTO: Final = 10 * 1024 * 1024
_LARGEST_FILE: Final = 50 * 1024 * 1024


@dataclass(slots=True)
class Person:
    """Somebody with Telegram on the phone."""

    key: str
    id: int
    name: str
    language: str = "ru"
    phone: str = "79990000000"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    screen: Screen = field(default_factory=Screen)

    @property
    def user(self) -> dict[str, Any]:
        """The person as an update tells of them."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }

    @property
    def chat(self) -> dict[str, Any]:
        """The private chat with the bot."""
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(slots=True)
class Chats:
    """All private chats, and the files sent in them."""

    people: dict[str, Person] = field(default_factory=dict)
    by_id: dict[str, Person] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    _message_ids: Any = field(default_factory=lambda: count(1))
    _file_ids: Any = field(default_factory=lambda: count(1))

    def person(self, key: str) -> Person:
        """Find somebody by the test's name for them, who is new at the first time."""
        if key not in self.people:
            person = Person(key, _FIRST_PERSON + len(self.people), key.capitalize())
            self.people[key] = self.by_id[str(person.id)] = person
        return self.people[key]

    def at(self, chat_id: int | str) -> Person:
        """Find who is at a chat id that the bot may write to; raises `Refused`."""
        found = self.by_id.get(str(chat_id))
        if found is None:
            raise Refused(400, "Bad Request: chat not found")
        if found.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if found.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not found.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        return found

    def add(self, person: Person, message: dict[str, Any], shown: Shown) -> dict[str, Any]:
        """Put a message into a chat and on its screen."""
        number = next(self._message_ids)
        whole = {"message_id": number, "chat": person.chat, **message}
        shown.id = str(number)
        self.messages[person.id, number] = whole
        person.screen.messages.append(shown)
        return whole

    def number(self) -> int:
        """Draw a number that nothing else has."""
        return int(next(self._file_ids))

    def keep(self, content: bytes, prefix: str) -> dict[str, Any]:
        """Keep a file and name it as Telegram does."""
        number = next(self._file_ids)
        self.files[f"{prefix}-{number}"] = content
        return {
            "file_id": f"{prefix}-{number}",
            "file_unique_id": f"u{number}",
            "file_size": len(content),
        }

    def photo(self, content: bytes) -> list[dict[str, Any]]:
        """Keep a photo in two sizes, the small one first."""
        width, height = Image.open(io.BytesIO(content)).size
        small = {**self.keep(content[:900], "photo"), "width": 90, "height": 90}
        return [small, {**self.keep(content, "photo"), "width": width, "height": height}]


def check_photo(content: bytes) -> None:
    """Refuse a picture that Telegram does not take as a photo."""
    if len(content) > _LARGEST_PHOTO:
        raise Refused(413, "Request Entity Too Large")
    try:
        width, height = Image.open(io.BytesIO(content)).size
    except (OSError, ValueError):
        raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > _LONGEST_SIDE_SUM or max(width, height) > 20 * min(width, height):
        raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")


def check_file(content: bytes) -> None:
    """Refuse a file that is too large or holds nothing."""
    if len(content) > _LARGEST_FILE:
        raise Refused(413, "Request Entity Too Large")
    if not content:
        raise Refused(400, "Bad Request: file must be non-empty")
