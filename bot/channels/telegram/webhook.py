"""The address that Telegram delivers updates to."""

import asyncio
import hmac
from collections.abc import Callable
from typing import Final

from aiogram.methods import GetWebhookInfo, SetWebhook
from aiohttp import web

from bot.channels.base import Busy
from bot.channels.telegram.calling import Calls
from bot.channels.telegram.receiving import Receiving, answers
from bot.channels.telegram.wire import ALLOWED_UPDATES, Update
from bot.channels.typed import decode
from bot.http import TooLarge, answer, read_body

PATH: Final = "/telegram/webhook"
_SECRET: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the name of a header
_LARGEST: Final = 1024 * 1024  # bytes; updates have a few thousand
_SECONDS: Final = 10.0
_CONNECTIONS: Final = 100  # the most that Telegram opens
_BETWEEN_LOOKS: Final = 600.0  # seconds


class Webhook:
    """Takes deliveries of whoever knows the secret."""

    def __init__(
        self, receiving: Receiving, address: str, secret: str, refused: Callable[[str], None]
    ) -> None:
        self._receiving = receiving
        self._address = address
        self._secret = secret
        self._refused = refused

    async def announce(self, calls: Calls) -> None:
        """Have updates delivered here; raises `Undelivered`.

        Without a look at what is: the secret, which Telegram does not show, may be a new one.
        """
        await calls(
            SetWebhook(
                url=self._address,
                secret_token=self._secret,
                max_connections=_CONNECTIONS,
                allowed_updates=list(ALLOWED_UPDATES),
            )
        )

    async def watch(self, calls: Calls) -> None:
        """See to it that they stay delivered here, until cancelled."""
        while True:
            await asyncio.sleep(_BETWEEN_LOOKS)
            if (await calls(GetWebhookInfo())).url != self._address:
                await self.announce(calls)

    async def deliver(self, request: web.Request) -> web.StreamResponse:
        """Answer once the update is durable; a press is answered with the same breath."""
        given = request.headers.get(_SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return self._refuse(403, "forged")
        try:
            update = decode(await read_body(request, _LARGEST, _SECONDS), Update)
        except TooLarge:
            return self._refuse(413, "too_large")
        except (ValueError, TimeoutError):
            return self._refuse(400, "malformed")
        try:
            spent = await self._receiving.take([update])
        except Busy:
            return web.Response(status=503, headers={"Retry-After": "1"})
        response = _accepted(update)
        await answer(request, response)
        await self._receiving.tidy(spent)
        return response

    def _refuse(self, status: int, why: str) -> web.Response:
        self._refused(why)
        return web.Response(status=status)


def _accepted(update: Update) -> web.Response:
    """Say that an update was taken; the body may carry one call, which saves one."""
    for call in answers(update):
        said = {"method": "answerCallbackQuery", "callback_query_id": call.callback_query_id}
        return web.json_response(said)
    return web.Response()
