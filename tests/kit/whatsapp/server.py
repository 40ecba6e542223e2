"""The Cloud API's front door: addresses, bearer, errors, limits, statuses."""

import json
import re
from typing import Any, ClassVar, Final, Literal, TypeAlias

from aiohttp import ClientSession, web

from tests.kit.faults import Fault
from tests.kit.flood import Limit
from tests.kit.loopback import EVERYTHING, Call, Loopback, Refused
from tests.kit.postman import Postman
from tests.kit.screens import Shown
from tests.kit.whatsapp.chats import LARGEST, MEDIA_URL_LIVES, Chats, Person
from tests.kit.whatsapp.people import People
from tests.kit.whatsapp.refusals import body, in_status, refused
from tests.kit.whatsapp.shapes import (
    HEAD,
    interactive_message,
    keys,
    media_message,
    text_message,
)
from tests.kit.whatsapp.templates import template_message
from tests.kit.whatsapp.webhook import Webhook

TOKEN: Final = "EAAkitkitkitkitkit"
PHONE_NUMBER_ID: Final = "106540352242922"
APP_SECRET: Final = "0123456789abcdef0123456789abcdef"
VERIFY_TOKEN: Final = "kit-verify-token"
_MEDIA_KINDS: Final = ("image", "document", "audio", "video", "sticker")
_BUGS: Final = {100, 131008, 131009, 131051, 131053, 132000, 132001}

When: TypeAlias = Literal["later", "at once"]


class WhatsAppServer(People, Loopback):
    """WhatsApp, as one business's number and the people who write to it see it.

    ``reach`` is where the bot is on this machine; its webhook is ``/whatsapp/webhook`` there.
    ``tells`` says whether a message that cannot be delivered is refused at once or accepted,
    with a failed status later; Meta does both.
    """

    limits: ClassVar[dict[str, Limit]] = {
        "number": Limit(80, 88),
        "pair": Limit(1 / 6, 45),
    }

    def __init__(self, *where: Any, reach: str = "", tells: When = "later", **how: Any) -> None:
        super().__init__(*where, **how)
        self.token = TOKEN
        self.tells: When = tells
        self.chats = Chats()
        self.statuses = ("sent", "delivered")
        self._reach = reach

    def settings(self) -> dict[str, str]:
        """Tell the assistant where this is and who it is here, as `POLIS_…` variables."""
        return {
            "POLIS_WHATSAPP_TOKEN": self.token,
            "POLIS_WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "POLIS_WHATSAPP_APP_SECRET": APP_SECRET,
            "POLIS_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "POLIS_WHATSAPP_API_URL": self.url,
        }

    def routes(self) -> list[web.RouteDef]:
        """List the Graph API's addresses that a business needs."""
        return [
            web.post(r"/{version:v\d+\.\d}/{number:\d+}/messages", self._messages),
            web.post(r"/{version:v\d+\.\d}/{number:\d+}/media", self._upload),
            web.get(r"/{version:v\d+\.\d}/{media:\d+}", self._media_info),
            web.get("/lookaside/{media}", self._download),
            web.route("*", "/{anything:.*}", self._nowhere),
        ]

    async def began(self) -> None:
        """Hire a postman."""
        postman = Postman(self.tasks, lambda status: status == 200, self.happened)
        url = f"{self._reach}/whatsapp/webhook"
        self.webhook = Webhook(postman, url, APP_SECRET, PHONE_NUMBER_ID)

    async def ending(self) -> None:
        """Let the postman go."""
        await self.webhook.postman.close()

    async def subscribe(self, verify_token: str = VERIFY_TOKEN) -> tuple[int, str]:
        """Verify the webhook as Meta does; returns its status and what it echoed."""
        asked = {
            "hub.mode": "subscribe",
            "hub.verify_token": verify_token,
            "hub.challenge": "1158201444",
        }
        async with (
            ClientSession() as session,
            session.get(self.webhook.url, params=asked) as answer,
        ):
            return answer.status, await answer.text()

    def answer_refused(self, refused: Refused) -> web.Response:
        """Write a refusal as the Graph API does."""
        return web.json_response(body(refused), status=refused.status)

    def trouble(self, kind: Fault, seconds: float) -> Refused:
        """Word an injected failure as the Graph API does; it tells nobody how long to wait."""
        return refused({"429": 130429, "401": 190}.get(kind, 131016))

    def over(self, limit: str, seconds: float) -> Refused:
        """Refuse what is beyond a limit."""
        return refused(131056 if limit == "pair" else 130429)

    async def _nowhere(self, request: web.Request) -> web.Response:
        self.violated(f"there is no {request.method} {request.path}")
        return self.answer_refused(refused(100, "Unknown path components"))

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        raw = await request.text()
        try:
            asked = json.loads(raw)
        except ValueError:
            asked = None
        chat = asked.get("recipient") or asked.get("to", "") if isinstance(asked, dict) else ""

        async def process() -> web.Response:
            self._admit(request)
            return web.json_response(self._take(asked))

        return await self.handle(request, Call("messages", chat, asked or {}), process)

    def _admit(self, request: web.Request) -> None:
        """Check who is asking, and of what."""
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            self.violated("a call came with a wrong token")
            raise refused(190)
        version = request.match_info.get("version", "v26.0")
        if not 21 <= float(version[1:]) <= 26:
            self.violated(f"{version} of the Graph API is not served")
            raise refused(100, f"Unknown version {version}")
        if request.match_info.get("number", PHONE_NUMBER_ID) != PHONE_NUMBER_ID:
            self.violated("a number was named that is not the business's")
            raise refused(100, "Object does not exist or you lack permission")

    def _take(self, asked: Any) -> dict[str, Any]:
        try:
            if not isinstance(asked, dict):
                raise refused(100, "The request is no JSON object")
            if asked.get("messaging_product") != "whatsapp":
                raise refused(100, "The parameter messaging_product is required.")
            if "status" in asked:
                return self._mark_read(asked)
            return self._accept(asked)
        except Refused as refusal:
            if refusal.code in _BUGS and not getattr(refusal, "is_no_fault", False):
                details = getattr(refusal, "details", "")
                self.violated(f"messages: {refusal.words} {details}".strip())
            raise

    def _mark_read(self, asked: dict[str, Any]) -> dict[str, Any]:
        keys(asked, "request", ["messaging_product", "status", "message_id"], ["typing_indicator"])
        if asked["status"] != "read" or asked["message_id"] not in self.chats.heard:
            raise refused(131009, "message_id is not a message of this chat.")
        self.chats.read.add(asked["message_id"])
        if "typing_indicator" in asked:
            if asked["typing_indicator"] != {"type": "text"}:
                raise refused(131009, "typing_indicator['type'] must be text.")
            for person in self.chats.people.values():
                if person.screen.message(asked["message_id"]):
                    person.screen.typing += 1
        return {"success": True}

    def _accept(self, asked: dict[str, Any]) -> dict[str, Any]:
        kind = asked.get("type", "text")
        keys(asked, "request", [kind], [*HEAD, "biz_opaque_callback_data"])
        if asked.get("recipient_type", "individual") != "individual":
            raise refused(131009, "recipient_type must be individual.")
        to, recipient = str(asked.get("to", "")), str(asked.get("recipient", ""))
        if not to and not recipient:
            raise refused(131008, "The parameter to is required.")
        if to and not re.fullmatch(r"\+?\d{5,15}", to):
            raise refused(131009, "to is not a phone number.")
        shown = self._read(kind, asked[kind])
        person = self.chats.at(to, recipient)
        self.spend("pair", to or recipient, to or recipient, f"too much for {to or recipient}")
        self.spend("number", "", EVERYTHING, "beyond eighty messages a second")
        name = f"wamid.HBgMkit{self.chats.number():09}"
        word = asked.get("biz_opaque_callback_data", "")
        self._deliver(name, person, shown, kind, {"biz_opaque_callback_data": word} if word else {})
        contact = {"input": to or recipient, **({"wa_id": person.phone} if person else {})}
        return {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": name}],
        }

    def _read(self, kind: str, what: Any) -> Shown:
        if kind in _MEDIA_KINDS:
            return media_message(self.chats, kind, what)
        if kind == "text":
            return text_message(self.chats, what)
        if kind == "interactive":
            return interactive_message(self.chats, what)
        if kind == "template":
            return template_message(self.chats, what)
        raise refused(131051, f"type {kind} is not supported by the kit")

    def _deliver(
        self, name: str, person: Person | None, shown: Shown, kind: str, word: dict[str, str]
    ) -> None:
        """Show it, and tell by statuses what became of it, with the business's own word for it."""
        problem = self._problem(person, kind)
        if problem and self.tells == "at once":
            raise refused(problem)
        if person is None:
            return
        if problem:
            failed = self.status(name, person, "failed", errors=[in_status(problem)], **word)
            self.webhook.statuses([failed])
            return
        shown.id = name
        if not person.blocked:
            person.screen.messages.append(shown)
        states = ("sent",) if person.blocked else self.statuses
        for state in states:
            self.webhook.statuses([self.status(name, person, state, **word)])

    def _problem(self, person: Person | None, kind: str) -> int:
        """Return the code of what keeps a message from its person, 0 when nothing does."""
        if person is None or person.unreachable:
            return 131026
        if kind == "template":
            return 0
        if person.window_closed:
            return 131047
        if not person.window_open(self.clock()):
            self.violated(f"free text was sent to {person.key} outside of the 24 hours")
            return 131047
        return 0

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()

        async def process() -> web.Response:
            self._admit(request)
            try:
                keys(form, "form", ["messaging_product", "file", "type"])
                file = form["file"]
                content, kind = file.file.read(), str(form["type"])
                if kind not in LARGEST:
                    raise refused(100, f"Param file must be a file of a known type, not {kind}")
                if not 0 < len(content) <= LARGEST[kind]:
                    raise refused(131053, f"The file is larger than {LARGEST[kind]} bytes")
            except Refused as refusal:
                self.violated(f"media: {refusal.words} {getattr(refusal, 'details', '')}")
                raise
            return web.json_response({"id": self.chats.keep(content, kind).id})

        return await self.handle(request, Call("media"), process)

    async def _media_info(self, request: web.Request) -> web.StreamResponse:
        async def process() -> web.Response:
            self._admit(request)
            media = self.chats.media.get(request.match_info["media"])
            if media is None:
                raise refused(100, "Object does not exist or you lack permission")
            media.asked_at = self.clock()
            return web.json_response(
                {
                    "messaging_product": "whatsapp",
                    "url": f"{self.url}/lookaside/{media.id}",
                    "mime_type": media.kind,
                    "sha256": media.digest,
                    "file_size": len(media.content),
                    "id": media.id,
                }
            )

        return await self.handle(request, Call("media info"), process)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        async def process() -> web.Response:
            media = self.chats.media.get(request.match_info["media"])
            self._admit(request)
            if not media or not media.asked_at or self.clock() - media.asked_at > MEDIA_URL_LIVES:
                raise Refused(404, "media not found or its address has expired")
            return web.Response(body=media.content, content_type=media.kind.split(";")[0])

        return await self.handle(request, Call("download"), process)
