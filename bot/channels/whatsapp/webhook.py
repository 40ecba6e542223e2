"""Where WhatsApp posts: signed over the raw bytes, answered when what it says is durable."""

import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Final

from aiohttp import web

from bot.channels.base import Arrivals, Busy
from bot.channels.whatsapp.reading import NAME, Delivery
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.http import TooLarge, answer, read_body

ADDRESS: Final = "/whatsapp/webhook"
_LARGEST_DELIVERY: Final = 3 * 1024 * 1024  # bytes; Meta promises no more
_SECONDS_TO_READ: Final = 10.0
_LONGEST_CHALLENGE: Final = 256
_BREATH: Final = "5"  # seconds after which a delivery may come again when too much is under way


class Webhook:
    """Checks who calls, and hands on what is said."""

    def __init__(
        self,
        settings: WhatsAppSettings,
        arrivals: Arrivals,
        read: Callable[[bytes], Delivery],
        hear: Callable[[Delivery], Awaitable[None]],
        follow_up: Callable[[Delivery], Awaitable[None]],
    ) -> None:
        self._settings = settings
        self._arrivals = arrivals
        self._read = read
        self._hear = hear
        self._follow_up = follow_up

    def routes(self) -> tuple[web.RouteDef, ...]:
        """List the addresses."""
        return (
            web.get(ADDRESS, self._verify, allow_head=False),
            web.post(ADDRESS, self._receive),
        )

    async def _verify(self, request: web.Request) -> web.Response:
        """Answer the challenge of whoever knows the token that the app's console was told."""
        asked = request.query
        token = _bytes(asked.get("hub.verify_token", ""))
        is_known = hmac.compare_digest(token, self._settings.verify_token.encode())
        challenge = asked.get("hub.challenge", "")
        if asked.get("hub.mode") != "subscribe" or not is_known or not _is_challenge(challenge):
            return self._refuse(403, "unverified")
        return web.Response(text=challenge)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await read_body(request, _LARGEST_DELIVERY, _SECONDS_TO_READ)
        except TooLarge:
            return self._refuse(413, "too_large")
        except TimeoutError:
            return self._refuse(408, "slow")
        if not self._is_signed(body, request.headers.get("X-Hub-Signature-256", "")):
            return self._refuse(403, "forged")
        try:
            delivery = self._read(body)
        except ValueError:
            return self._refuse(400, "malformed")
        try:
            await self._hear(delivery)
        except Busy:
            return web.Response(status=503, headers={"Retry-After": _BREATH})
        response = web.Response()
        await answer(request, response)
        await self._follow_up(delivery)  # Meta has its answer, so this keeps nobody waiting
        return response

    def _is_signed(self, body: bytes, signature: str) -> bool:
        """Compare in constant time, over the bytes as they came: Meta escapes in its own way."""
        expected = hmac.new(self._settings.app_secret.encode(), body, sha256).hexdigest()
        return hmac.compare_digest(f"sha256={expected}".encode(), _bytes(signature))

    def _refuse(self, status: int, why: str) -> web.Response:
        self._arrivals.refused(NAME, why)
        return web.Response(status=status)


def _is_challenge(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CHALLENGE and text.isascii() and text.isprintable()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
