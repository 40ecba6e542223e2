"""A server on loopback that calls itself a messenger: faults, flood control, the book."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any, ClassVar, Final, Self

from aiohttp import web

from tests.kit.faults import FAULTS, GATEWAY_PAGE, Fault, Faults
from tests.kit.flood import Flood, Limit, whole_seconds

_LARGEST: Final = 128 * 1024 * 1024
_OUTAGE: Final = 0.3  # seconds that nobody listens
_GLANCE: Final = 0.05  # seconds between looks when nothing was told
_STORM: Final = 1  # seconds that an injected 429 asks for
EVERYTHING: Final = "all"
"""The scope of a wait that concerns every call."""

_log = logging.getLogger(__name__)


class Refused(Exception):
    """The messenger says no: its status, its own code, its words, seconds to wait."""

    def __init__(self, status: int, words: str, code: str | int = "", after: float = 0.0) -> None:
        super().__init__(f"{status} {code} {words}")
        self.status = status
        self.words = words
        self.code = code
        self.after = after


@dataclass(slots=True)
class Call:
    """One call of the bot: which, about which chat, with what, and how it went.

    ``status`` is 0 when no answer was given; ``fault`` is what was made to go wrong; ``at`` is when
    it came, by a clock that never goes back.
    """

    name: str
    chat: str = ""
    parameters: dict[str, Any] = field(default_factory=dict, repr=False)
    status: int = 0
    fault: Fault | None = None
    at: float = field(default_factory=monotonic)

    @property
    def scope(self) -> str:
        """Whom a wait concerns: the chat, or the call when it is about none."""
        return self.chat or self.name


class Loopback:
    """What the servers of all messengers share.

    ``clock`` dates what happens, and may stand still; flood control goes by real time, with
    every limit multiplied by ``faster``. ``violations`` are sentences about what a bot did that
    a careful one never does; ``calls`` is all it called.
    """

    limits: ClassVar[dict[str, Limit]] = {}
    slow: float = 1.5
    """Seconds by which a slow answer is late."""

    def __init__(
        self,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        faster: float = 1.0,
        port: int = 0,
    ) -> None:
        self.clock = clock
        self.flood = Flood(self.limits, faster)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.port = port
        self._book: list[str] = []
        self._news = asyncio.Event()
        self._stack = AsyncExitStack()
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    # What each messenger says for itself.

    def routes(self) -> list[web.RouteDef]:
        """List the messenger's addresses."""
        raise NotImplementedError

    def settings(self) -> dict[str, str]:
        """Tell the assistant where this is and who it is here, as `POLIS_…` variables."""
        raise NotImplementedError

    def answer_refused(self, refused: Refused) -> web.Response:
        """Write a refusal as this messenger does."""
        raise NotImplementedError

    def trouble(self, kind: Fault, seconds: float) -> Refused:
        """Word an injected 500, 429 or 401 as this messenger does."""
        raise NotImplementedError

    def over(self, limit: str, seconds: float) -> Refused:
        """Word a refusal of what is beyond a published limit."""
        return self.trouble("429", seconds)

    # What tests and people use.

    @property
    def url(self) -> str:
        """Where the bot finds the messenger."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def violations(self) -> list[str]:
        """Everything that broke the contract so far."""
        return list(self._book)

    def violated(self, sentence: str) -> None:
        """Write down what a careful bot would not have done."""
        self._book.append(sentence)

    def fail(self, kind: Fault, times: int = 1, call: str = "") -> None:
        """Let the next calls go wrong, of one name or of any."""
        self.faults.order(kind, times, call)

    def fail_at_random(
        self, seed: int, share: float = 0.1, kinds: tuple[Fault, ...] = FAULTS
    ) -> None:
        """Let a share of all calls go wrong in all ways."""
        self.faults.mix(seed, share, kinds)

    async def until(self, condition: Callable[[], object], patience: float = 20.0) -> None:
        """Wait until something is so; looked at whenever anything happens here, and often."""
        async with asyncio.timeout(patience):
            while not condition():
                self._news.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), _GLANCE)

    def happened(self) -> None:
        """Let those who wait look again."""
        self._news.set()

    # Coming and going.

    async def __aenter__(self) -> Self:
        self.tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        self._stack.push_async_callback(self._stop)
        app = web.Application(client_max_size=_LARGEST)
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.up()
        await self.began()
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._stack.aclose()

    async def began(self) -> None:
        """Do what a messenger does when it is up."""

    async def ending(self) -> None:
        """Do what a messenger does before it goes."""

    async def _stop(self) -> None:
        await self.ending()
        if self._site:
            await _deafen(self._site)
        await self._runner.cleanup()
        self._site = self._runner = None

    async def up(self) -> None:
        """Listen, on the same port as before."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._site._server.sockets[0].getsockname()[1]  # noqa: SLF001 — no other way

    async def down(self) -> None:
        """Listen no more: connections are refused until `up`, and those that stand are cut."""
        site, self._site = self._site, None
        await _deafen(site)
        await site.stop()
        for connection in self._runner.server.connections:
            if connection.transport:
                connection.transport.abort()

    # One call.

    async def handle(
        self,
        request: web.Request,
        call: Call,
        process: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Process one call with whatever is to go wrong with it."""
        self.calls.append(call)
        self._watch_patience(call)
        call.fault = self.faults.next(call.name)
        try:
            if call.fault in {"refuse", "cut_before"}:
                return self._cut(request, call.fault)
            if call.fault == "slow":
                await asyncio.sleep(self.slow)
            response = await self._respond(call, process)
            if call.fault == "cut_after":
                return self._cut(request, call.fault)
            call.status = response.status
            return response
        finally:
            self.happened()

    async def _respond(
        self, call: Call, process: Callable[[], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        match call.fault:
            case "502":
                return web.Response(status=502, text=GATEWAY_PAGE, content_type="text/html")
            case "429":
                refused = self.trouble("429", _STORM)
                if refused.after:
                    self.flood.close(call.scope, _STORM)
                return self.answer_refused(refused)
            case "500" | "401":
                return self.answer_refused(self.trouble(call.fault, 0))
        try:
            return await process()
        except Refused as refused:
            return self.answer_refused(refused)
        except Exception as error:  # the kit's own fault must fail the test, not look like a 500
            self.violated(f"the kit broke at {call.name}: {error!r}")
            raise

    def _cut(self, request: web.Request, fault: Fault) -> web.Response:
        """Break the connection without an answer."""
        if fault == "refuse":
            self.tasks.create_task(self._outage())
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    def spend(self, limit: str, key: str, scope: str, sentence: str) -> None:
        """Count a call against a published limit; raises `Refused` beyond it."""
        if wait := self.flood.take(limit, key):
            told = whole_seconds(wait)
            self.violated(f"a 429 was earned: {sentence}")
            refused = self.over(limit, told)
            if refused.after:
                self.flood.close(scope, told)
            raise refused

    def _watch_patience(self, call: Call) -> None:
        for told in dict.fromkeys((call.scope, EVERYTHING)):
            if early := self.flood.ignored(told):
                words = f"{call.name} came {early:.2f} s before the end of the wait it was told"
                self.violated(words)

    async def _outage(self) -> None:
        if self._site is None:
            return
        await self.down()
        await asyncio.sleep(_OUTAGE)
        if self._runner:
            await self.up()


async def _deafen(site: web.TCPSite) -> None:
    """Accept nothing more; what was accepted is let in first, or nobody would ever close it."""
    for listening in site._server.sockets:  # noqa: SLF001 — no other way
        asyncio.get_running_loop().remove_reader(listening.fileno())
    await asyncio.sleep(0)


@asynccontextmanager
async def outage(server: Loopback) -> AsyncIterator[None]:
    """Refuse connections inside the block."""
    await server.down()
    try:
        yield
    finally:
        await server.up()
