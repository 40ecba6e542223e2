"""Dialogs of the bot as MAX keeps them: people, messages, uploaded files."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Final

from tests.kit.loopback import Refused
from tests.kit.screens import Screen, Shown

BOT: Final = {
    "user_id": 9_000_001,
    "first_name": "Полис",
    "name": "Полис",
    "username": "polis_kit_bot",
    "is_bot": True,
}


@dataclass(slots=True)
class Person:
    """Somebody with MAX; the dialog's id is another number than the person's."""

    key: str
    id: int
    chat_id: int
    name: str
    language: str = "ru"
    phone: str = "79990000000"
    started: bool = False
    stopped: bool = False
    screen: Screen = field(default_factory=Screen)

    @property
    def user(self) -> dict[str, Any]:
        """The person as an update tells of them."""
        name = {"first_name": self.name, "last_name": "", "name": self.name}
        return {"user_id": self.id, **name, "is_bot": False, "last_activity_time": 0}

    def card(self, token: str) -> dict[str, Any]:
        """Write the person's contact with its proof: an HMAC over the card, by the bot's token.

        The formula is presumed; MAX documents only that the hash is there.
        """
        vcard = f"BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:{self.phone}\r\n"
        vcard += f"FN:{self.name}\r\nEND:VCARD\r\n"
        proof = hmac.new(token.encode(), vcard.encode(), hashlib.sha256).hexdigest()
        return {"vcf_info": vcard, "max_info": self.user, "hash": proof}


@dataclass(slots=True)
class Upload:
    """A file on its way to a message; ``refusals`` are how often it is not ready yet."""

    token: str
    kind: str
    content: bytes = field(default=b"", repr=False)
    name: str = ""
    arrived: bool = False
    refusals: int = 0


@dataclass(slots=True)
class Chats:
    """All dialogs. Times are in milliseconds, and no two events share one."""

    clock: Callable[[], datetime]
    people: dict[str, Person] = field(default_factory=dict)
    by_chat: dict[str, Person] = field(default_factory=dict)
    by_id: dict[str, Person] = field(default_factory=dict)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
    keeps_files: bool = True
    _numbers: Any = field(default_factory=lambda: count(1))
    _last: int = 0

    def now(self) -> int:
        """Tell the time, later than ever before."""
        self._last = max(self._last + 1, int(self.clock().timestamp() * 1000))
        return self._last

    def number(self) -> int:
        """Draw a number that nothing else has."""
        return int(next(self._numbers))

    def lapse(self) -> None:
        """Let go of every file that was uploaded."""
        self.lapsed.update(one.token for one in self.uploads.values())
        self.uploads.clear()

    def person(self, key: str) -> Person:
        """Find somebody by the test's name for them, who is new at the first time."""
        if key not in self.people:
            place = len(self.people) + 1
            person = Person(key, 5_400_000 + place, 81_000_000 + place, key.capitalize())
            self.people[key] = self.by_id[str(person.id)] = person
            self.by_chat[str(person.chat_id)] = person
        return self.people[key]

    def at(self, chat_id: str, user_id: str) -> Person:
        """Find who is in a dialog that the bot may write to; raises `Refused`."""
        found = self.by_chat.get(chat_id) if chat_id else self.by_id.get(user_id)
        if found is None:
            raise Refused(404, f"Chat {chat_id or user_id} not found", "chat.not.found")
        if found.stopped or not found.started:
            raise Refused(403, "error.dialog.suspended", "chat.denied")
        return found

    def add(
        self, person: Person, sender: dict[str, Any], body: dict[str, Any], shown: Shown
    ) -> dict[str, Any]:
        """Put a message into a dialog and on its screen."""
        shown.id = f"mid.{self.number():032x}"
        other = person.id if sender is BOT else BOT["user_id"]
        message = {
            "sender": sender,
            "recipient": {"chat_id": person.chat_id, "chat_type": "dialog", "user_id": other},
            "timestamp": self.now(),
            "body": {"mid": shown.id, "seq": self.number(), **body},
        }
        self.messages[shown.id] = message
        person.screen.messages.append(shown)
        return message

    def owner(self, mid: str) -> Person:
        """Find in whose dialog a message stands; raises `Refused`."""
        if mid not in self.messages:
            raise Refused(404, f"Message {mid} not found", "not.found")
        chat_id = str(self.messages[mid]["recipient"]["chat_id"])
        return self.by_chat[chat_id]
