"""The Bot API's front door: addresses, token, errors, limits."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Final, TypeAlias

from aiohttp import web

from tests.kit.faults import Fault
from tests.kit.flood import Limit
from tests.kit.loopback import EVERYTHING, Call, Loopback, Refused
from tests.kit.max import bodies
from tests.kit.max.bodies import bad, keys
from tests.kit.max.chats import BOT, Chats, Upload
from tests.kit.max.people import People
from tests.kit.max.updates import Updates
from tests.kit.postman import Postman

TOKEN: Final = "kit-kit-kit-kit-kit-kit-kit-kit-kit-kit-kit"
_QUERIES: Final = {
    "POST /messages": {"chat_id", "user_id", "disable_link_preview"},
    "PUT /messages": {"message_id"},
    "DELETE /messages": {"message_id"},
    "POST /answers": {"callback_id"},
    "POST /uploads": {"type"},
    "GET /updates": {"limit", "timeout", "marker", "types"},
    "DELETE /subscriptions": {"url"},
}
_ACTIONS: Final = {
    "typing_on",
    "sending_photo",
    "sending_video",
    "sending_audio",
    "sending_file",
    "mark_seen",
}
_MOST_COMMANDS: Final = 32

Does: TypeAlias = Callable[[web.Request, Any], Awaitable[dict[str, Any]]]


class MaxServer(People, Loopback):
    """MAX, as one bot and the people who write to it see it.

    ``reach`` is where the bot's webhook is on this machine; ``processing`` is how often an
    uploaded file that is no picture answers that it is not ready yet.
    """

    limits: ClassVar[dict[str, Limit]] = {"bot": Limit(30, 33)}

    def __init__(self, *where: Any, reach: str = "", processing: int = 1, **how: Any) -> None:
        super().__init__(*where, **how)
        self.token = TOKEN
        self.takes_files = True
        self.processing = processing
        self.chats = Chats(self.clock)
        self.presses: dict[str, tuple[str, str, float]] = {}
        self.files: dict[str, bytes] = {}
        self.commands: list[tuple[str, str]] = []
        self._reach = reach

    @property
    def violations(self) -> list[str]:
        """Everything that broke the contract so far, presses that nobody answered included."""
        return [*super().violations, *self.unanswered()]

    def settings(self) -> dict[str, str]:
        """Tell the assistant where this is and who it is here, as `POLIS_…` variables."""
        return {"POLIS_MAX_TOKEN": self.token, "POLIS_MAX_API_URL": self.url}

    def routes(self) -> list[web.RouteDef]:
        """List the API's addresses, and those where files are."""
        calls: dict[str, Does] = {
            "GET /me": self._me,
            "PATCH /me/commands": self._commands,
            "POST /messages": self._send,
            "PUT /messages": self._edit,
            "DELETE /messages": self._delete,
            "GET /messages/{mid}": self._message_by_id,
            "POST /answers": self._answer,
            "POST /uploads": self._upload_address,
            "POST /chats/{chat}/actions": self._action,
            "GET /updates": self._updates,
            "GET /subscriptions": self._subscriptions,
            "POST /subscriptions": self._subscribe,
            "DELETE /subscriptions": self._unsubscribe,
        }
        routes = [
            web.route(*name.split(" "), self._served(name, does)) for name, does in calls.items()
        ]
        files = [web.post("/upload/{name}", self._upload), web.get("/files/{name}", self._file)]
        return [*routes, *files, web.route("*", "/{anything:.*}", self._nowhere)]

    async def began(self) -> None:
        """Hire a postman, who insists on exactly 200."""
        postman = Postman(self.tasks, lambda status: status == 200, self.happened)
        self.updates = Updates(postman, self.violated, self._reach)

    async def ending(self) -> None:
        """Let the postman go."""
        await self.updates.postman.close()

    def answer_refused(self, refused: Refused) -> web.Response:
        """Write a refusal as MAX does."""
        body = {"code": refused.code, "message": refused.words}
        return web.json_response(body, status=refused.status)

    def trouble(self, kind: Fault, seconds: float) -> Refused:
        """Word an injected failure as MAX does; it tells nobody how long to wait."""
        match kind:
            case "429":
                return Refused(429, "Too many requests", "too.many.requests")
            case "401":
                return Refused(401, "Invalid access_token", "verify.token")
        return Refused(500, "Internal error", "internal.error")

    def _served(self, name: str, does: Does) -> Callable[[web.Request], Awaitable[Any]]:
        """Check token, query and JSON before a call, and count it against the limit."""

        async def handler(request: web.Request) -> web.StreamResponse:
            raw = await request.text()
            chat = request.query.get("chat_id", request.match_info.get("chat", ""))

            async def process() -> web.Response:
                self.spend("bot", "", EVERYTHING, f"{name} beyond thirty requests a second")
                try:
                    self._admit(request, name)
                    return web.json_response(await does(request, _json(raw)))
                except Refused as refused:
                    if refused.code in {"proto.payload", "unknown"}:
                        self.violated(f"{name}: {refused.words}")
                    raise

            asked = {**request.query, "body": raw}
            return await self.handle(request, Call(name, chat, asked), process)

        return handler

    def _admit(self, request: web.Request, name: str) -> None:
        if request.headers.get("Authorization") != self.token:
            self.violated(f"{name} came with a wrong token")
            raise Refused(401, "Invalid access_token", "verify.token")
        if unknown := set(request.query) - _QUERIES.get(name, set()):
            raise Refused(400, f"parameter {min(unknown)} is unknown", "unknown")

    async def _nowhere(self, request: web.Request) -> web.Response:
        self.violated(f"there is no {request.method} {request.path}")
        return self.answer_refused(Refused(404, "Path not found", "not.found"))

    async def _me(self, request: web.Request, body: Any) -> dict[str, Any]:
        return {**BOT, "last_activity_time": self.chats.now()}

    async def _commands(self, request: web.Request, body: Any) -> dict[str, Any]:
        keys(body, "body", ["commands"])
        if len(body["commands"]) > _MOST_COMMANDS:
            raise bad("commands: too many")
        for one in body["commands"]:
            keys(one, "command", ["name"], ["description"])
            if not 1 <= len(one["name"]) <= 64 or len(one.get("description", "")) > 128:
                raise bad("command: name up to 64, description up to 128 characters")
        self.commands = [(one["name"], one.get("description", "")) for one in body["commands"]]
        return {"commands": body["commands"]}

    async def _send(self, request: web.Request, body: Any) -> dict[str, Any]:
        query = request.query
        if ("chat_id" in query) == ("user_id" in query):
            raise bad("exactly one of chat_id and user_id is expected")
        person = self.chats.at(query.get("chat_id", ""), query.get("user_id", ""))
        shown = bodies.read(self.chats, body)
        sent = {"text": shown.text, "attachments": body.get("attachments") or []}
        return {"message": self.chats.add(person, BOT, sent, shown)}

    async def _edit(self, request: web.Request, body: Any) -> dict[str, Any]:
        mid = request.query.get("message_id", "")
        self._change(mid, body)
        return {"success": True}

    def _change(self, mid: str, body: Any) -> None:
        """Change a message of the bot: what is null stays, an empty list takes away."""
        person = self.chats.owner(mid)
        if self.chats.messages[mid]["sender"] is not BOT:
            self.violated(f"message {mid} is not the bot's own")
            raise Refused(403, "Message cannot be edited", "access.denied")
        shown = person.screen.message(mid)
        kept = {"text": shown.text} if body.get("text") is None else {}
        new = bodies.read(self.chats, {**body, **kept})
        shown.text, shown.edited = new.text, True
        if body.get("attachments") is not None:
            shown.keys, shown.file = new.keys, new.file
            self.chats.messages[mid]["body"]["attachments"] = body["attachments"]
        self.chats.messages[mid]["body"]["text"] = new.text

    async def _delete(self, request: web.Request, body: Any) -> dict[str, Any]:
        mid = request.query.get("message_id", "")
        person = self.chats.owner(mid)
        del self.chats.messages[mid]
        person.screen.messages.remove(person.screen.message(mid))
        return {"success": True}

    async def _message_by_id(self, request: web.Request, body: Any) -> dict[str, Any]:
        mid = request.match_info["mid"]
        self.chats.owner(mid)
        return self.chats.messages[mid]

    async def _answer(self, request: web.Request, body: Any) -> dict[str, Any]:
        keys(body, "body", [], ["message", "notification"])
        if body.get("message") is None and body.get("notification") is None:
            raise bad("message or notification is expected")
        name = request.query.get("callback_id", "")
        if name not in self.presses:
            raise Refused(404, f"Callback {name} not found", "not.found")
        user, mid, _ = self.presses[name]
        if body.get("message") is not None:
            self._change(mid, body["message"])
        if body.get("notification"):
            self.screen(user).notices.append(body["notification"])
        del self.presses[name]
        return {"success": True}

    async def _action(self, request: web.Request, body: Any) -> dict[str, Any]:
        keys(body, "body", ["action"])
        if body["action"] not in _ACTIONS:
            raise bad(f"action {body['action']} is unknown")
        person = self.chats.at(request.match_info["chat"], "")
        person.screen.typing += body["action"] == "typing_on"
        return {"success": True}

    async def _updates(self, request: web.Request, body: Any) -> dict[str, Any]:
        query = request.query
        limit, seconds = int(query.get("limit", 100)), int(query.get("timeout", 30))
        if not 1 <= limit <= 1000 or not 0 <= seconds <= 90:
            raise bad("limit is from 1 to 1000, timeout from 0 to 90")
        marker = int(query.get("marker") or 0)
        return await self.updates.poll(marker, limit, seconds, query.get("types", ""))

    async def _subscriptions(self, request: web.Request, body: Any) -> dict[str, Any]:
        listed = [
            {"url": one.url, "time": 0, "update_types": sorted(one.kinds) or None}
            for one in self.updates.subscriptions.values()
        ]
        return {"subscriptions": listed}

    async def _subscribe(self, request: web.Request, body: Any) -> dict[str, Any]:
        keys(body, "body", ["url"], ["secret", "update_types", "version"])
        kinds = body.get("update_types") or []
        self.updates.subscribe(body["url"], body.get("secret", ""), kinds)
        return {"success": True}

    async def _unsubscribe(self, request: web.Request, body: Any) -> dict[str, Any]:
        gone = self.updates.subscriptions.pop(request.query.get("url", ""), None)
        return {"success": gone is not None}

    async def _upload_address(self, request: web.Request, body: Any) -> dict[str, Any]:
        if not self.takes_files:
            raise Refused(403, "Uploads are not allowed", "access.denied")
        kind = request.query.get("type")
        if kind not in {"image", "video", "audio", "file"}:
            raise bad("type: image, video, audio or file is expected")
        name = f"u{self.chats.number()}"
        refusals = 0 if kind == "image" else self.processing
        self.chats.uploads[name] = Upload(f"token-{name}", kind, refusals=refusals)
        answer = {"url": f"{self.url}/upload/{name}"}
        return answer | ({"token": f"token-{name}"} if kind in {"video", "audio"} else {})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()

        async def process() -> web.Response:
            upload = self.chats.uploads.get(request.match_info["name"])
            if upload is None or not isinstance(form.get("data"), web.FileField):
                self.violated("an upload without its field «data»")
                raise bad("the field data is expected")
            upload.name, upload.content = form["data"].filename, form["data"].file.read()
            upload.arrived = True
            if not self.chats.keeps_files:
                self.chats.lapse()
            if upload.kind == "image":
                return web.json_response({"photos": {upload.token: {"token": upload.token}}})
            return web.json_response({"fileId": 1, "token": upload.token})

        return await self.handle(request, Call("upload"), process)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        async def process() -> web.Response:
            if request.match_info["name"] not in self.files:
                raise Refused(404, "File not found", "not.found")
            return web.Response(body=self.files[request.match_info["name"]])

        return await self.handle(request, Call("file"), process)


def _json(raw: str) -> Any:
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise bad("the body is no JSON") from None
