"""Webhooks of the Cloud API: what comes in them, and how Meta signs and escapes it."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from tests.kit.postman import Letter, Postman
from tests.kit.whatsapp.chats import Person


def written(payload: dict[str, Any]) -> bytes:
    """Write JSON as Meta does: everything beyond ASCII and every slash is escaped."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode()


def signature(secret: str, body: bytes) -> str:
    """Sign the raw bytes with the app's secret."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Webhook:
    """Brings what happened to the bot; ``url`` is its address on this machine."""

    postman: Postman
    url: str
    secret: str
    phone_number_id: str

    def messages(self, person: Person, messages: list[dict[str, Any]]) -> None:
        """Bring messages of one person, all in one payload."""
        contact: dict[str, Any] = {"profile": {"name": person.name}}
        if person.phone:
            contact["wa_id"] = person.phone
        if person.bsuid:
            contact["user_id"] = person.bsuid
        self._bring(person.key, {"contacts": [contact], "messages": messages})

    def system(self, person: Person, message: dict[str, Any]) -> None:
        """Bring news of a person; these come without contacts."""
        self._bring(person.key, {"messages": [message]})

    def statuses(self, statuses: list[dict[str, Any]]) -> None:
        """Bring what became of messages; their order among others is nobody's promise."""
        self._bring(f"statuses {statuses[0]['id']}", {"statuses": statuses})

    def _bring(self, lane: str, value: dict[str, Any]) -> None:
        body = written(
            {
                "object": "whatsapp_business_account",
                "entry": [
                    {
                        "id": "102290129340398",
                        "changes": [
                            {
                                "value": {
                                    "messaging_product": "whatsapp",
                                    "metadata": {
                                        "display_phone_number": "78000000000",
                                        "phone_number_id": self.phone_number_id,
                                    },
                                    **value,
                                },
                                "field": "messages",
                            }
                        ],
                    }
                ],
            }
        )
        self.post(lane, body, signature(self.secret, body))

    def post(self, lane: str, body: bytes, signed: str) -> None:
        """Bring raw bytes with a signature, a wrong one perhaps."""
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signed}
        self.postman.post(Letter(lane, self.url, body, headers))
