"""What every page of ours has in common on the wire: safe headers, limits, calm errors."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_log = logging.getLogger(__name__)

PAGE_HEADER: Final = "X-Polis-Page"
"""A header that only a script of ours adds; a form on a foreign site cannot."""

_CONTENT_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": _CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class TooLarge(Exception):
    """A body is longer than its reader allows."""


def guard(app: web.Application) -> None:
    """Give every answer of an application safe headers, and its faults a calm answer."""
    app.on_response_prepare.append(_harden)
    app.middlewares.append(_calm)


async def _harden(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.popall("Server", None)  # nobody needs to know the versions behind us
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def _calm(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer an unforeseen fault with a bare 500, so nothing of the inside shows.

    The log gets nothing of the fault's words: they may quote a person.
    """
    try:
        return await handler(request)
    except (web.HTTPException, ConnectionResetError):
        raise
    except Exception as error:  # noqa: BLE001 — the outermost place
        log_fault(request, error)
        return web.json_response({"error": "broken"}, status=500)


def log_fault(request: web.Request, error: Exception) -> None:
    """Log the place and the kind of an unforeseen fault."""
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s %s: %s\n%s", request.method, request.path, type(error).__name__, place)


def from_our_page(request: web.Request, public_url: str) -> bool:
    """Tell whether a page of ours sent the request: against forgery from other sites."""
    return request.headers.get(PAGE_HEADER) == "1" and is_from_here(request, public_url)


def is_from_here(request: web.Request, public_url: str) -> bool:
    """Tell whether the browser says that the request began on a site of ours, or says nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc in {request.host, urlsplit(public_url).netloc}


async def answer(request: web.Request, response: web.Response) -> None:
    """Give an answer while its handler goes on; who has hung up meanwhile will ask again."""
    with suppress(ConnectionResetError):
        await response.prepare(request)
        await response.write_eof()


async def read_body(request: web.Request, limit: int, seconds: float) -> bytes:
    """Read the whole body; raise `TooLarge` past the limit and `TimeoutError` past the time."""
    if (request.content_length or 0) > limit:
        raise TooLarge
    body = bytearray()
    async with asyncio.timeout(seconds):
        async for piece in request.content.iter_any():
            body += piece
            if len(body) > limit:
                raise TooLarge
    return bytes(body)


def address(request: web.Request) -> str:
    """Find where a request came from; empty when it came from this very machine.

    The word of a proxy is taken when it sits on this machine or in its private network.
    """
    try:
        peer = ip_address(request.remote or "")
    except ValueError:
        peer = ip_address("127.0.0.1")  # a Unix socket: only a proxy sits at its other end
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if forwarded and peer.is_private:
        return forwarded
    return "" if peer.is_loopback else str(peer)


@dataclass(frozen=True, slots=True)
class Rate:
    """How much a client may do: ``burst`` at once, then ``per_second``."""

    burst: int
    per_second: float


class Pace:
    """Who did how much lately. Memory is bounded: whoever rested is forgotten."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime], most: int = 20_000) -> None:
        self._rate = rate
        self._clock = clock
        self._most = most
        self._spent: dict[str, tuple[float, datetime]] = {}

    def wait(self, client: str) -> float:
        """Count one act, or return how many seconds too early it comes."""
        now = self._clock()
        spent = self._left_of(client, now)
        if spent + 1 > self._rate.burst:
            return (spent + 1 - self._rate.burst) / self._rate.per_second
        if client not in self._spent and len(self._spent) >= self._most:
            self._forget(now)
        self._spent[client] = (spent + 1, now)
        return 0.0

    def _left_of(self, client: str, now: datetime) -> float:
        spent, since = self._spent.get(client, (0.0, now))
        rested = max(0.0, (now - since).total_seconds())
        return max(0.0, spent - rested * self._rate.per_second)

    def _forget(self, now: datetime) -> None:
        rested = [client for client in self._spent if not self._left_of(client, now)]
        for client in rested or list(self._spent)[: self._most // 10 + 1]:
            del self._spent[client]
