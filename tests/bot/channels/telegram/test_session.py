"""Calls on the wire: as JSON, or as a form where a file goes along; and what is read of answers."""

import json

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendDocument, SendMessage
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.session import Session
from bot.channels.telegram.wire import Message

TOKEN = "42:SECRET"
MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 1, "type": "private"}}
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Меню", callback_data="m")]]
)


class Wire:
    """A server that notes what it is sent and gives one answer."""

    def __init__(self):
        self.heard = []
        self.status, self.answer = 200, json.dumps({"ok": True, "result": MESSAGE})

    async def take(self, request):
        """Note what came, and answer as told, or not at all."""
        self.heard.append((request.path, request.content_type, await request.read()))
        if self.status is None:
            request.transport.abort()
        return web.Response(status=self.status or 200, text=self.answer)


@pytest.fixture
async def wire():
    wire, application = Wire(), web.Application()
    application.router.add_post("/{rest:.*}", wire.take)
    async with TestServer(application) as server:
        telegram = TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/"))
        async with Bot(TOKEN, session=Session(telegram, 4)) as wire.bot:
            yield wire


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        (SendMessage(chat_id="1", text="Да"), {"chat_id": "1", "text": "Да"}),
        (
            SendMessage(
                chat_id="1",
                text="<b>Да</b>",
                parse_mode="HTML",
                allow_paid_broadcast=True,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=KEYS,
            ),
            {
                "chat_id": "1",
                "text": "<b>Да</b>",
                "parse_mode": "HTML",
                "allow_paid_broadcast": True,
                "link_preview_options": {"is_disabled": True},
                "reply_markup": {"inline_keyboard": [[{"text": "Меню", "callback_data": "m"}]]},
            },
        ),
        (
            EditMessageText(chat_id="1", message_id=7, text="Нет"),
            {"chat_id": "1", "message_id": 7, "text": "Нет"},
        ),
        (
            AnswerCallbackQuery(callback_query_id="9", show_alert=False),
            {"callback_query_id": "9", "show_alert": False},
        ),
    ],
    ids=["text", "everything", "edit", "press"],
)
async def test_a_call_without_a_file_says_what_it_asks_in_json_and_nothing_else(
    wire, method, asked
):
    if isinstance(method, AnswerCallbackQuery):
        wire.answer = '{"ok":true,"result":true}'
    await wire.bot(method)
    ((path, kind, body),) = wire.heard
    assert path == f"/bot{TOKEN}/{method.__api_method__}"
    assert (kind, json.loads(body)) == ("application/json", asked)


async def test_a_file_goes_along_in_a_form(wire):
    file = BufferedInputFile(b"%PDF", "policy.pdf")
    await wire.bot(SendDocument(chat_id="1", document=file))
    ((_, kind, body),) = wire.heard
    assert kind == "multipart/form-data"
    assert b"%PDF" in body
    assert b"policy.pdf" in body


async def test_of_a_sent_message_its_number_and_file_are_read_whatever_else_it_is(wire):
    newer = {**MESSAGE, "photo": [{"file_id": "F", "width": "wide"}], "unheard": {"of": 1}}
    wire.answer = json.dumps({"ok": True, "result": newer})
    sent = await wire.bot(SendMessage(chat_id="1", text="Да"))
    assert isinstance(sent, Message)
    assert (sent.message_id, sent.photo[-1].file_id) == (7, "F")


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (429, {"ok": False, "description": "x", "parameters": {"retry_after": 3}}, "retry"),
        (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}, "blocked"),
        (502, "<html>Bad Gateway</html>", "garbage"),
        (200, '{"ok":true,"result":{"message_id":"seven"}}', "garbage"),
        (None, "", "cut"),
    ],
)
async def test_an_answer_that_is_no_message_is_the_clients_own_error(wire, status, answer, error):
    """No text of an error holds the token."""
    kinds = {
        "retry": TelegramRetryAfter,
        "blocked": TelegramForbiddenError,
        "garbage": ClientDecodeError,
        "cut": TelegramNetworkError,
    }
    wire.status = status
    wire.answer = answer if isinstance(answer, str) else json.dumps(answer)
    with pytest.raises(kinds[error]) as raised:
        await wire.bot(SendMessage(chat_id="1", text="Да"))
    assert TOKEN not in str(raised.value)
