"""What people do in MAX, and the updates that the bot gets of it."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from tests.kit.max.chats import Chats, Person
from tests.kit.max.updates import Updates
from tests.kit.screens import Screen, Shown

_PATIENCE: Final = 15.0  # seconds that a person looks at the sign of waiting


class People:
    """The hands and eyes of everybody who writes to the bot; a person is named by a word."""

    chats: Chats
    updates: Updates
    presses: dict[str, tuple[str, str, float]]
    clock: Callable[[], datetime]
    token: str
    url: str

    def person(self, user: str, **known: Any) -> Person:
        """Find or invite somebody; ``known`` sets name, language or phone."""
        person = self.chats.person(user)
        for name, value in known.items():
            setattr(person, name, value)
        return person

    def screen(self, user: str) -> Screen:
        """Look at somebody's screen."""
        return self.chats.person(user).screen

    def start(self, user: str, payload: str = "") -> None:
        """Press «Start», or follow a link that names a payload."""
        person = self.chats.person(user)
        person.started, person.stopped = True, False
        more = {"payload": payload} if payload else {}
        about = {"chat_id": person.chat_id, "user": person.user, **more}
        self._happened(person, "bot_started", about)

    def say(self, user: str, text: str) -> str:
        """Type something."""
        return self._message(user, {"text": text}, Shown("", "person", text))

    def press(self, user: str, label: str = "", *, data: str = "", message: str = "") -> str:
        """Press the newest button of a label, or any that has ever been shown."""
        screen = self.screen(user)
        if not data:
            found, key = screen.find(label)
            if key.kind == "contact":
                return self.contact(user)
            if key.kind == "text":
                return self.say(user, label)
            if key.kind != "press":
                raise LookupError(f"«{label}» opens {key.data} and sends nothing")
            data, message = key.data, found.id
        under = message or screen.said[-1].id
        person = self.chats.person(user)
        # The schema calls it «current keyboard identifier»: two presses of one keyboard share it.
        callback = f"cb.{under}"
        self.presses[callback] = (person.key, under, time.monotonic())
        about = {
            "timestamp": self.chats.now(),
            "callback_id": callback,
            "payload": data,
            "user": person.user,
        }
        whole = self.chats.messages.get(under)
        self._happened(person, "message_callback", {"callback": about, "message": whole})
        return callback

    def photo(self, user: str, content: bytes, caption: str = "") -> str:
        """Send a photo."""
        return self.album(user, content, caption=caption)

    def album(self, user: str, *contents: bytes, caption: str = "") -> str:
        """Send photos: however many, they are one message."""
        photos = [
            {
                "type": "image",
                "payload": {
                    "photo_id": self.chats.number(),
                    "token": self._keep(content),
                    "url": self._address(content),
                },
            }
            for content in contents
        ]
        shown = Shown("", "person", caption, file=("photo.jpg", contents[0]), kind="photo")
        return self._message(user, {"text": caption, "attachments": photos}, shown)

    def document(
        self, user: str, name: str, content: bytes, kind: str = "", caption: str = ""
    ) -> str:
        """Send a file as it is; of what ``kind`` it is, MAX tells nobody."""
        del kind
        payload = {"url": self._address(content), "token": self._keep(content)}
        file = {"type": "file", "payload": payload, "filename": name, "size": len(content)}
        shown = Shown("", "person", caption, file=(name, content), kind="file")
        return self._message(user, {"text": caption, "attachments": [file]}, shown)

    def voice(self, user: str) -> str:
        """Send a voice message."""
        payload = {"url": self._address(b"OggS"), "token": self._keep(b"OggS")}
        return self._attached(user, {"type": "audio", "payload": payload, "transcription": None})

    def sticker(self, user: str) -> str:
        """Send a sticker."""
        payload = {"url": "https://i.oneme.ru/sticker", "code": "smile"}
        size = {"width": 170, "height": 170}
        return self._attached(user, {"type": "sticker", "payload": payload, **size})

    def location(self, user: str) -> str:
        """Send where one is."""
        return self._attached(user, {"type": "location", "latitude": 55.75, "longitude": 37.62})

    def contact(self, user: str, *, of: str = "", forged: bool = False) -> str:
        """Share one's own contact, or the card of somebody else; or forge the proof."""
        card = self.chats.person(of or user).card(self.token)
        if of or forged:
            card["hash"] = "0" * 64 if forged else None
        return self._attached(user, {"type": "contact", "payload": card})

    def send(self, user: str, attachment: dict[str, Any]) -> str:
        """Send what the kit has no word for."""
        return self._attached(user, attachment)

    def edit(self, user: str, message: str, text: str) -> None:
        """Edit what one has typed."""
        whole = self.chats.messages[message]
        whole["body"]["text"] = text
        shown = self.screen(user).message(message)
        shown.text, shown.edited = text, True
        self._happened(self.chats.person(user), "message_edited", {"message": whole})

    def delete(self, user: str, message: str) -> None:
        """Delete a message of the dialog: a press of it comes without it afterwards."""
        del self.chats.messages[message]

    def block(self, user: str) -> None:
        """Stop the bot."""
        person = self.chats.person(user)
        person.stopped = True
        self._happened(person, "bot_stopped", {"chat_id": person.chat_id, "user": person.user})

    def unblock(self, user: str) -> None:
        """Start the bot again."""
        self.start(user)

    def unanswered(self) -> list[str]:
        """Tell of presses that a person has waited for too long."""
        now = time.monotonic()
        return [
            f"the press under {under} by {user} was not answered"
            for user, under, at in self.presses.values()
            if now - at > _PATIENCE
        ]

    def _attached(self, user: str, attachment: dict[str, Any]) -> str:
        shown = Shown("", "person", kind=attachment["type"])
        return self._message(user, {"text": "", "attachments": [attachment]}, shown)

    def _message(self, user: str, body: dict[str, Any], shown: Shown) -> str:
        person = self.chats.person(user)
        person.started = True
        message = self.chats.add(person, person.user, body, shown)
        self._happened(person, "message_created", {"message": message})
        return shown.id

    def _happened(self, person: Person, kind: str, about: dict[str, Any]) -> None:
        head = {"update_type": kind, "timestamp": self.chats.now()}
        locale = {"user_locale": person.language}
        self.updates.add(person.key, {**head, **about, **locale})
        self.happened()

    def _keep(self, content: bytes) -> str:
        return f"token-{self.chats.number()}"

    def _address(self, content: bytes) -> str:
        name = f"f{self.chats.number()}"
        self.files[name] = content
        return f"{self.url}/files/{name}"
