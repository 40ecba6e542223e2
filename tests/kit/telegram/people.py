"""What people do in Telegram, and the updates that the bot gets of it."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

from tests.kit.screens import Screen, Shown
from tests.kit.telegram.chats import BOT, Chats, Person
from tests.kit.telegram.forums import Forum
from tests.kit.telegram.presses import Presses
from tests.kit.telegram.updates import Updates

_groups = count(1)


class People:
    """The hands and eyes of everybody who writes to the bot; a person is named by a word."""

    chats: Chats
    updates: Updates
    presses: Presses
    forums: dict[int, Forum]
    clock: Callable[[], datetime]

    def person(self, user: str, **known: Any) -> Person:
        """Find or invite somebody; ``known`` sets name, language or phone."""
        person = self.chats.person(user)
        for name, value in known.items():
            setattr(person, name, value)
        return person

    def screen(self, user: str) -> Screen:
        """Look at somebody's screen."""
        return self.chats.person(user).screen

    def start(self, user: str, payload: str = "") -> int:
        """Press «Start», or follow a link that names a payload."""
        return self.say(user, f"/start {payload}".strip())

    def say(self, user: str, text: str) -> int:
        """Type something."""
        entities = []
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
        more: dict[str, Any] = {"entities": entities} if entities else {}
        return self._message(user, {"text": text, **more}, Shown("", "person", text))

    def press(self, user: str, label: str = "", *, data: str = "", message: str = "") -> int:
        """Press the newest button of a label, or any button that has ever been shown.

        With ``data`` the press names what a button sent, under ``message`` or the newest one.
        """
        screen = self.screen(user)
        if not data:
            for row in screen.keyboard:
                for key in row:
                    if key.label == label:
                        return (
                            self.contact(user) if key.kind == "contact" else self.say(user, label)
                        )
            found, key = screen.find(label)
            if key.kind != "press":
                raise LookupError(f"«{label}» opens {key.data} and sends nothing")
            data, message = key.data, found.id
        under = message or next(one.id for one in reversed(screen.messages) if one.side == "bot")
        person = self.chats.person(user)
        whole = self.chats.messages.get((person.id, int(under)))
        if whole is None:  # deleted by the bot: what is left of it is a date of zero
            whole = {"message_id": int(under), "chat": person.chat, "date": 0}
        query = self.presses.add(person.key, data)
        return self._happened(
            "callback_query",
            {
                "id": query,
                "from": person.user,
                "message": whole,
                "chat_instance": str(person.id * 31),
                "data": data,
            },
        )

    def photo(self, user: str, content: bytes, caption: str = "") -> int:
        """Send a photo."""
        return self._photo(user, content, caption, {})

    def album(self, user: str, *contents: bytes, caption: str = "") -> list[int]:
        """Send several photos as one album; the caption stands under the first."""
        group = {"media_group_id": f"138{next(_groups):014}"}
        return [
            self._photo(user, content, caption if place == 0 else "", group)
            for place, content in enumerate(contents)
        ]

    def document(self, user: str, name: str, content: bytes, kind: str, caption: str = "") -> int:
        """Send a file as it is."""
        document = {**self.chats.keep(content, "document"), "file_name": name, "mime_type": kind}
        more = {"caption": caption} if caption else {}
        shown = Shown("", "person", caption, file=(name, content), kind="document")
        return self._message(user, {"document": document, **more}, shown)

    def voice(self, user: str, seconds: int = 3) -> int:
        """Send a voice message."""
        voice = {**self.chats.keep(b"OggS", "voice"), "duration": seconds, "mime_type": "audio/ogg"}
        return self._message(user, {"voice": voice}, Shown("", "person", kind="voice"))

    def sticker(self, user: str) -> int:
        """Send a sticker."""
        sticker = {
            **self.chats.keep(b"RIFF", "sticker"),
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._message(user, {"sticker": sticker}, Shown("", "person", kind="sticker"))

    def location(self, user: str) -> int:
        """Send where one is."""
        place = {"latitude": 55.75, "longitude": 37.62}
        return self._message(user, {"location": place}, Shown("", "person", kind="location"))

    def contact(self, user: str, *, of: str = "", forwarded: bool = False) -> int:
        """Share a contact: one's own, or that of somebody else."""
        other = self.chats.person(of or user)
        card = {"phone_number": other.phone, "first_name": other.name, "user_id": other.id}
        more: dict[str, Any] = {}
        if forwarded:
            origin = {"type": "user", "date": self._now(), "sender_user": other.user}
            more = {"forward_origin": origin}
        shown = Shown("", "person", kind="contact")
        self.screen(user).keyboard = ()  # a phone hides it once it has been used
        return self._message(user, {"contact": card, **more}, shown)

    def forum(self, number: int) -> Forum:
        """Find a supergroup with topics, which is made when it is new."""
        return self.forums.setdefault(number, Forum(number))

    def write_in(self, user: str, forum: int, thread: int | None, **content: Any) -> int:
        """Write in a topic of a supergroup; without a thread in the general one."""
        person = self.chats.person(user)
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        head = {"message_id": self.chats.number(), "from": person.user, "date": self._now()}
        chat = {"chat": self.forum(forum).chat}
        return self._happened("message", {**head, **chat, **topic, **content})

    def send(self, user: str, content: dict[str, Any]) -> int:
        """Send what the kit has no word for, such as a poll or a kind of tomorrow."""
        return self._message(user, content, Shown("", "person", kind="other"))

    def edit(self, user: str, message: str, text: str) -> int:
        """Edit what one has typed."""
        person = self.chats.person(user)
        whole = self.chats.messages[person.id, int(message)]
        whole |= {"text": text, "edit_date": self._now()}
        shown = person.screen.message(message)
        shown.text, shown.edited = text, True
        return self._happened("edited_message", whole)

    def block(self, user: str) -> int:
        """Block the bot."""
        return self._membership(user, blocked=True)

    def unblock(self, user: str) -> int:
        """Let the bot write again."""
        return self._membership(user, blocked=False)

    def _membership(self, user: str, *, blocked: bool) -> int:
        person = self.chats.person(user)
        person.blocked = blocked
        states = [
            {"status": "member", "user": BOT},
            {"status": "kicked", "user": BOT, "until_date": 0},
        ]
        old, new = states if blocked else reversed(states)
        change = {"chat": person.chat, "from": person.user, "date": self._now()}
        return self._happened(
            "my_chat_member", {**change, "old_chat_member": old, "new_chat_member": new}
        )

    def _photo(self, user: str, content: bytes, caption: str, more: dict[str, Any]) -> int:
        said = {"photo": self.chats.photo(content), **more}
        if caption:
            said["caption"] = caption
        shown = Shown("", "person", caption, file=("photo.jpg", content), kind="photo")
        return self._message(user, said, shown)

    def _message(self, user: str, content: dict[str, Any], shown: Shown) -> int:
        person = self.chats.person(user)
        person.started = True
        head = {"from": person.user, "date": self._now()}
        return self._happened("message", self.chats.add(person, {**head, **content}, shown))

    def _happened(self, kind: str, content: dict[str, Any]) -> int:
        update = self.updates.add(kind, content)
        self.happened()
        return update

    def _now(self) -> int:
        return int(self.clock().timestamp())
