"""A bare broadcast: aiogram sends and writes nothing down. Run with a sink's port, people, text."""

import asyncio
import gc
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

_WORKERS = 64


async def main(sink: int, people: int, text: str) -> None:
    """Send to everybody, as fast as it goes, when somebody presses Enter."""
    server = TelegramAPIServer.from_base(f"http://127.0.0.1:{sink}")
    bot = Bot("42:BENCH", session=AiohttpSession(api=server))
    chats = iter(range(1, people + 1))

    async def work() -> None:
        for chat in chats:
            await bot.send_message(chat, text)

    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.gather(*(work() for _ in range(_WORKERS)))
    await bot.session.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
