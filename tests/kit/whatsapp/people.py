"""What people do in WhatsApp, and the messages that the webhook brings of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.kit.screens import Screen, Shown
from tests.kit.whatsapp.chats import ApprovedTemplate, Chats, Person, TemplateState
from tests.kit.whatsapp.webhook import Webhook

_DELETED = Shown("wamid.HBgMkitdeleted", "bot")


class People:
    """The hands and eyes of everybody who writes to the business; a person is named by a word."""

    chats: Chats
    webhook: Webhook
    clock: Callable[[], datetime]

    def person(self, user: str, **known: Any) -> Person:
        """Find or invite somebody; ``known`` sets name, phone (none: "") or bsuid (none: "")."""
        person = self.chats.person(user)
        for name, value in known.items():
            setattr(person, name, value)
        return person

    def screen(self, user: str) -> Screen:
        """Look at somebody's screen."""
        return self.chats.person(user).screen

    def template(
        self,
        name: str,
        language: str,
        text: str,
        *,
        state: TemplateState = "approved",
        replies: tuple[str, ...] = (),
    ) -> None:
        """Approve a template, or change its state."""
        self.chats.templates[name, language] = ApprovedTemplate(text, state, replies)

    def start(self, user: str, payload: str = "") -> str:
        """Open the chat through a link: WhatsApp only types the text that the link brings."""
        return self.say(user, f"/start {payload}".strip())

    def say(self, user: str, text: str) -> str:
        """Type something."""
        return self._send(user, {"type": "text", "text": {"body": text}}, Shown("", "person", text))

    def press(self, user: str, label: str = "", *, data: str = "", message: str = "") -> str:
        """Press the newest button or row of a label, or any that has ever been shown."""
        screen = self.screen(user)
        if label:
            found, key = screen.find(label)
            if key.kind != "press":
                raise LookupError(f"«{label}» opens {key.data} and sends nothing")
            data, title, hint = key.data, key.label, key.hint
        else:
            title, hint = data[:20], ""
            found = screen.message(message) or (screen.said or [_DELETED])[-1]
        context = {"context": {"from": "78000000000", "id": found.id}}
        if found.kind == "template":
            said = {"type": "button", "button": {"payload": data, "text": title}}
        else:
            kind = "list_reply" if found.kind == "interactive list" else "button_reply"
            reply = {"id": data, "title": title, **({"description": hint} if hint else {})}
            said = {"type": "interactive", "interactive": {"type": kind, kind: reply}}
        return self._send(user, {**context, **said}, Shown("", "person", title))

    def photo(self, user: str, content: bytes, caption: str = "") -> str:
        """Send a photo."""
        said, shown = self._media("image", content, "image/jpeg", caption)
        return self._send(user, said, shown)

    def album(self, user: str, *contents: bytes, caption: str = "") -> list[str]:
        """Send several photos at once: they come as messages of their own, in one payload."""
        person, messages = self.chats.person(user), []
        for place, content in enumerate(contents):
            words = caption if place == 0 else ""
            said, shown = self._media("image", content, "image/jpeg", words)
            messages.append(self._written(person, said, shown))
        self.webhook.messages(person, messages)
        self.happened()
        return [one["id"] for one in messages]

    def document(self, user: str, name: str, content: bytes, kind: str, caption: str = "") -> str:
        """Send a file as it is."""
        said, shown = self._media("document", content, kind, caption, filename=name)
        return self._send(user, said, shown)

    def voice(self, user: str) -> str:
        """Send a voice message."""
        kind = "audio/ogg; codecs=opus"
        said, shown = self._media("audio", b"OggS", kind, voice=True)
        return self._send(user, said, shown)

    def sticker(self, user: str) -> str:
        """Send a sticker."""
        return self._send(user, *self._media("sticker", b"RIFF", "image/webp", animated=False))

    def location(self, user: str) -> str:
        """Send where one is."""
        place = {"latitude": 55.75, "longitude": 37.62, "name": "Office", "address": "Moscow"}
        said = {"type": "location", "location": place}
        return self._send(user, said, Shown("", "person", kind="location"))

    def contact(self, user: str, *, of: str = "") -> str:
        """Share a contact."""
        other = self.chats.person(of or user)
        card = {
            "name": {"first_name": other.name, "formatted_name": other.name},
            "phones": [{"phone": f"+{other.phone}", "wa_id": other.phone, "type": "Mobile"}],
        }
        said = {"type": "contacts", "contacts": [card]}
        return self._send(user, said, Shown("", "person", kind="contact"))

    def react(self, user: str, emoji: str) -> str:
        """React to the newest message of the bot; an empty emoji takes it back."""
        reaction = {"message_id": self.screen(user).said[-1].id, "emoji": emoji}
        return self._send(user, {"type": "reaction", "reaction": reaction})

    def unsupported(self, user: str) -> str:
        """Send what the API cannot pass on, such as a poll."""
        said = {
            "type": "unsupported",
            "errors": [{"code": 131051, "title": "Message type unknown"}],
            "unsupported": {"type": "poll"},
        }
        return self._send(user, said, Shown("", "person", kind="other"))

    def send(self, user: str, content: dict[str, Any]) -> str:
        """Send what the kit has no word for."""
        return self._send(user, content, Shown("", "person", kind="other"))

    def change_number(self, user: str, phone: str) -> None:
        """Change one's number."""
        person = self.chats.person(user)
        body = f"User {person.name} changed from {person.phone} to {phone}"
        system = {"body": body, "wa_id": phone, "type": "user_changed_number"}
        message = self._written(person, {"type": "system", "system": system})
        person.phone = phone
        self.webhook.system(person, message)
        self.happened()

    def read(self, user: str) -> None:
        """Look at everything: each message of the bot becomes read."""
        person = self.chats.person(user)
        self.webhook.statuses([self.status(one.id, person, "read") for one in person.screen.said])

    def block(self, user: str) -> None:
        """Block the business: it only notices that nothing is delivered any more."""
        self.chats.person(user).blocked = True

    def unblock(self, user: str) -> None:
        """Let the business write again."""
        self.chats.person(user).blocked = False

    def status(self, name: str, person: Person, state: str, **more: Any) -> dict[str, Any]:
        """Write what became of a message of the bot."""
        status = {"id": name, "status": state, "timestamp": self._now(), **more}
        if person.phone:
            status["recipient_id"] = person.phone
        if person.bsuid:
            status["recipient_user_id"] = person.bsuid
        return status

    def _media(
        self, kind: str, content: bytes, mime: str, caption: str = "", **more: Any
    ) -> tuple[dict[str, Any], Shown]:
        media = self.chats.keep(content, mime)
        about = {"id": media.id, "mime_type": mime, "sha256": media.digest, **more}
        if caption:
            about["caption"] = caption
        shown = Shown("", "person", caption, file=(kind, content), kind=kind)
        return {"type": kind, kind: about}, shown

    def _send(self, user: str, content: dict[str, Any], shown: Shown | None = None) -> str:
        person = self.chats.person(user)
        message = self._written(person, content, shown)
        self.webhook.messages(person, [message])
        self.happened()
        return str(message["id"])

    def _written(
        self, person: Person, content: dict[str, Any], shown: Shown | None = None
    ) -> dict[str, Any]:
        name = f"wamid.HBgLkit{self.chats.number():09}"
        self.chats.heard.add(name)
        self.flood.take("number", "")  # a number's throughput is in and out together
        person.wrote_at, person.window_closed = self.clock(), False
        if shown:
            shown.id = name
            person.screen.messages.append(shown)
        head: dict[str, Any] = {"id": name, "timestamp": self._now()}
        if person.phone:
            head["from"] = person.phone
        if person.bsuid:
            head["from_user_id"] = person.bsuid
        return {**head, **content}

    def _now(self) -> str:
        return str(int(self.clock().timestamp()))
