"""The Bot API's front door: addresses, tokens, errors, limits."""

import inspect
import json
from collections.abc import Callable
from typing import Any, ClassVar, Final

from aiohttp import web

from tests.kit.faults import Fault
from tests.kit.flood import Limit
from tests.kit.loopback import EVERYTHING, Call, Loopback, Refused
from tests.kit.postman import Postman
from tests.kit.telegram import forums, managing, parameters, sending
from tests.kit.telegram.call import TelegramCall
from tests.kit.telegram.chats import Chats
from tests.kit.telegram.people import People
from tests.kit.telegram.presses import Presses
from tests.kit.telegram.updates import Updates

TOKEN: Final = "7000000001:AAkit-kit-kit-kit-kit-kit-kit-kit-k"

_METHODS: Final[dict[str, Callable[[TelegramCall], Any]]] = {
    **sending.METHODS,
    **managing.METHODS,
    **forums.METHODS,
}
_PACED: Final = {*sending.METHODS, *forums.METHODS} - {"deletemessage"}


class TelegramServer(People, Loopback):
    """Telegram, as one bot and the people who write to it see it.

    ``reach`` is where the bot's webhook is on this machine, whatever its outside address.
    """

    limits: ClassVar[dict[str, Limit]] = {
        "paid": Limit(1000, 1000),  # with ``allow_paid_broadcast``
        "bot": Limit(30, 33),  # «about 30 a second», so a tenth more before it is refused
        "chat": Limit(1, 20),  # «about one a second», and short bursts
        "group": Limit(20 / 60, 20),  # messages of service, as of a topic's beginning, count too
    }

    def __init__(self, *where: Any, reach: str = "", token: str = TOKEN, **how: Any) -> None:
        super().__init__(*where, **how)
        self.token = token
        self.chats = Chats()
        self.presses = Presses()
        self.commands: dict[str, list[tuple[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.paths: dict[str, bytes] = {}
        self.paid = 0  # messages, at a tenth of a Star
        self.forums: dict[int, forums.Forum] = {}
        self._reach = reach

    @property
    def violations(self) -> list[str]:
        """Everything that broke the contract so far, presses that nobody answered included."""
        return [*super().violations, *self.presses.unanswered()]

    def settings(self) -> dict[str, str]:
        """Tell the assistant where this is and who it is here, as `POLIS_…` variables."""
        return {"POLIS_TELEGRAM_TOKEN": self.token, "POLIS_TELEGRAM_API_URL": self.url}

    def routes(self) -> list[web.RouteDef]:
        """List the Bot API's addresses."""
        return [
            web.route("*", "/bot{token}/{method}", self._method),
            web.get("/file/bot{token}/{path:.+}", self._file),
            web.route("*", "/{anything:.*}", self._nowhere),
        ]

    async def began(self) -> None:
        """Hire a postman for webhooks."""
        accepts = range(200, 300)
        postman = Postman(
            self.tasks, lambda status: status in accepts, self.happened, self._carried
        )
        self.updates = Updates(postman, self._reach)

    async def ending(self) -> None:
        """Let the postman and those who poll go."""
        await self.updates.postman.close()

    def answer_refused(self, refused: Refused) -> web.Response:
        """Write a refusal as the Bot API does."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": refused.status,
            "description": refused.words,
        }
        headers = {}
        if refused.after:
            body["parameters"] = {"retry_after": int(refused.after)}
            headers["Retry-After"] = str(int(refused.after))
        return web.json_response(body, status=refused.status, headers=headers)

    def trouble(self, kind: Fault, seconds: float) -> Refused:
        """Word an injected failure as the Bot API does."""
        match kind:
            case "429":
                words = f"Too Many Requests: retry after {int(seconds)}"
                return Refused(429, words, after=seconds)
            case "401":
                return Refused(401, "Unauthorized")
        return Refused(500, "Internal Server Error: restart")

    async def _carried(self, body: bytes) -> None:
        """Make the call that an answer to a delivery carries; nobody learns how it went."""
        asked = json.loads(body)
        name = asked.pop("method", "").lower()
        raw = {key: one if isinstance(one, str) else json.dumps(one) for key, one in asked.items()}
        try:
            await self._do(name, raw, {})
        except Refused as refused:
            call = Call(name, raw.get("chat_id", ""), raw, status=refused.status)
        else:
            call = Call(name, raw.get("chat_id", ""), raw, status=200)
        self.calls.append(call)

    async def _nowhere(self, request: web.Request) -> web.Response:
        return self.answer_refused(Refused(404, "Not Found"))

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        if request.match_info["token"] != self.token:
            self.violated(f"{name} came with a wrong token")
            return self.answer_refused(Refused(401, "Unauthorized"))
        raw, uploads = await _read(request)
        chat = raw.get("chat_id", "")

        async def process() -> web.Response:
            return web.json_response({"ok": True, "result": await self._do(name, raw, uploads)})

        call = Call(name, chat, raw)
        return await self.handle(request, call, process)

    async def _do(self, name: str, raw: dict, uploads: dict) -> Any:
        if not parameters.known(name):
            self.violated(f"there is no method {name}")
            raise Refused(404, "Not Found: method not found")
        if name not in _METHODS:
            self.violated(f"the kit does not know {name} yet")
            raise Refused(404, "Not Found: method not found")
        try:
            asked = parameters.read(name, raw, uploads)
        except Refused as refused:
            self.violated(f"{name}: {refused.words}")
            raise
        if name in _PACED:
            chat = raw.get("chat_id", "")
            if chat.startswith("-"):
                self.spend("group", chat, chat, f"{name} to {chat} beyond twenty a minute")
            else:
                self.spend("chat", chat, chat, f"{name} to {chat} beyond a message a second")
            if raw.get("allow_paid_broadcast") == "true":
                self.paid += 1
                self.spend("paid", "", EVERYTHING, f"{name} beyond a thousand paid ones a second")
            else:
                self.spend("bot", "", EVERYTHING, f"{name} beyond thirty messages a second")
        try:
            result = _METHODS[name](TelegramCall(self, name, asked, uploads))
            return await result if inspect.isawaitable(result) else result
        except Refused as refused:
            if refused.status == 400 and "not modified" not in refused.words:
                self._note_bug(name, refused)
            raise

    def _note_bug(self, name: str, refused: Refused) -> None:
        """Of what is refused, these are never the person's doing or the network's."""
        bugs = ("too long", "parse", "INVALID", "empty", "unallowed", "unknown", "there is no")
        if any(bug in refused.words for bug in bugs) and "query is too old" not in refused.words:
            self.violated(f"{name}: {refused.words}")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]

        async def process() -> web.Response:
            if request.match_info["token"] != self.token or path not in self.paths:
                raise Refused(404, "Not Found")
            return web.Response(body=self.paths[path], content_type="application/octet-stream")

        return await self.handle(request, Call("file"), process)


async def _read(request: web.Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """Read parameters from address, form, multipart or JSON, and the files sent along."""
    raw = dict(request.query)
    uploads: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        for name, value in (await request.json()).items():
            raw[name] = value if isinstance(value, str) else json.dumps(value)
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = (value.filename, value.file.read())
            else:
                raw[name] = value
    return raw, uploads
