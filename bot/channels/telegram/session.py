"""The client's connection to Telegram, which writes and reads as little as a message needs.

The client sends each call as a form and checks every field of the message that comes back, which
costs twice what the rest of a message does. Telegram takes calls that carry no file as JSON, see
https://core.telegram.org/bots/api#making-requests.
"""

from typing import Any, Final, TypeVar, cast

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import Message
from aiohttp import ClientError, ClientTimeout

from bot.channels.telegram import wire

_JSON: Final = {"Content-Type": "application/json"}
_SENT: Final = msgspec.json.Decoder(wire.Taken)

_Result = TypeVar("_Result")


class Session(AiohttpSession):
    """aiogram's session; a message that was sent is returned as `wire.Message`."""

    def __init__(self, server: TelegramAPIServer, connections: int) -> None:
        super().__init__(api=server, limit=connections)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[_Result],
        timeout: int | None = None,  # noqa: ASYNC109 — the client's own name
    ) -> _Result:
        """Make a call and return what it came to; raises what aiogram does."""
        files: dict[str, Any] = {}
        asked = self._fields(bot, method, files)
        if files:
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        body = msgspec.json.encode(asked)
        patience = ClientTimeout(total=self.timeout if timeout is None else timeout)
        try:
            async with session.post(url, data=body, headers=_JSON, timeout=patience) as response:
                answer = (await response.read()).decode("utf-8", "replace")
        except TimeoutError as error:
            raise TelegramNetworkError(method, "Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method, type(error).__name__) from error
        return cast("_Result", self.check_response(bot, method, response.status, answer).result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[_Result], status_code: int, content: str
    ) -> Response[_Result]:
        """Read an answer, of a message that was sent no more than is used."""
        if method.__returning__ is Message and (sent := _sent(content)):
            return Response[_Result].model_construct(ok=True, result=sent)
        return super().check_response(bot, method, status_code, content)

    def _fields(
        self, bot: Bot, method: TelegramMethod[Any], files: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what a call asks for; what it sends along is put into ``files``."""
        given = method.model_dump(warnings=False, exclude_none=True).items()
        fields = {
            name: self.prepare_value(one, bot, files, _dumps_json=False) for name, one in given
        }
        return {name: one for name, one in fields.items() if one is not None}


def _sent(answer: str) -> wire.Message | None:
    """Read an answer that tells of a message sent; None is any other."""
    try:
        return _SENT.decode(answer).result
    except msgspec.MsgspecError:
        return None
