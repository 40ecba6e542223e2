"""Where MAX posts: it names the secret, and is answered when what it says is durable."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from aiohttp import web

from bot.channels.base import Arrivals, Busy
from bot.channels.max.reading import NAME, Told
from bot.http import TooLarge, answer, read_body

ADDRESS: Final = "/max/webhook"
_LARGEST_UPDATE: Final = 1024 * 1024  # bytes
_SECONDS_TO_READ: Final = 10.0
_FIRST: Final = 0.5  # seconds at most that what follows is given before MAX has its 200
_BREATH: Final = "5"  # seconds after which an update may come again when too much is under way


class Webhook:
    """Checks who calls, and hands on what is said."""

    def __init__(
        self,
        secret: str,
        arrivals: Arrivals,
        hear: Callable[[bytes], Awaitable[Told]],
        follow_up: Callable[[Told], Coroutine[Any, Any, None]],
    ) -> None:
        self._secret = secret.encode()
        self._arrivals = arrivals
        self._hear = hear
        self._follow_up = follow_up

    def routes(self) -> tuple[web.RouteDef, ...]:
        """List the address."""
        return (web.post(ADDRESS, self._receive),)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        named = request.headers.get("X-Max-Bot-Api-Secret", "").encode("utf-8", "replace")
        if not hmac.compare_digest(named, self._secret):
            return self._refuse(403, "forged")
        try:
            body = await read_body(request, _LARGEST_UPDATE, _SECONDS_TO_READ)
        except TooLarge:
            return self._refuse(413, "too_large")
        except TimeoutError:
            return self._refuse(408, "slow")
        try:
            told = await self._hear(body)
        except ValueError:
            return self._refuse(400, "malformed")
        except Busy:
            return web.Response(status=503, headers={"Retry-After": _BREATH})
        response = web.Response()
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(self._follow_up(told))
            # An update without its 200 comes again after a kill, and with it what is to follow.
            await asyncio.wait([following], timeout=_FIRST)
            await answer(request, response)
        return response

    def _refuse(self, status: int, why: str) -> web.Response:
        self._arrivals.refused(NAME, why)
        return web.Response(status=status)
