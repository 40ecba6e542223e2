"""A bare bot: a webhook of aiogram that sends each text back. Run with a port and a sink's."""

import gc
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web


async def echo(message: Message) -> None:
    """Send the text back."""
    await message.answer(message.text)


def main(port: int, sink: int) -> None:
    """Serve, with the collector tuned as ours is; an update is answered when it is done."""
    server = TelegramAPIServer.from_base(f"http://127.0.0.1:{sink}")
    bot = Bot("42:BENCH", session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False)
    handler.register(app, path="/telegram/webhook")
    setup_application(app, dispatcher, bot=bot)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=_announce)


def _announce(_text: str) -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
