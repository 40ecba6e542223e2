"""Files that people send: fetched within our limit of size and time."""

import asyncio
from collections.abc import AsyncIterable
from contextlib import aclosing
from typing import Final

import aiohttp
from aiogram.methods import GetFile

from bot.channels.base import LARGEST_FILE, Failure, FileRef, Undelivered, UnfitFile
from bot.channels.telegram.calling import Calls, Refused
from bot.channels.telegram.failures import Refusal

_SECONDS: Final = 60.0
_GONE: Final = (404, 410)  # the link lives for an hour, the file for longer


async def fetch(calls: Calls, file: FileRef) -> bytes:
    """Fetch a file; raises `UnfitFile` and `Undelivered`.

    What is said to be too large is not asked for: Telegram gives bots 20 MB at most anyway.
    """
    if (file.size or 0) > LARGEST_FILE:
        raise UnfitFile("too_large")
    try:
        found = await calls(GetFile(file_id=file.id))
    except Refused as refused:
        raise UnfitFile("too_large" if refused.refusal is Refusal.TOO_BIG else "broken") from None
    if not found.file_path or (found.file_size or 0) > LARGEST_FILE:
        raise UnfitFile("too_large")
    try:
        async with asyncio.timeout(_SECONDS), aclosing(calls.content(found.file_path)) as pieces:
            return await _gathered(pieces)
    except aiohttp.ClientResponseError as error:
        if error.status in _GONE:
            raise UnfitFile("broken") from None
        raise Undelivered(Failure.LATER, f"a file's address answered {error.status}") from None
    except (aiohttp.ClientError, OSError) as error:  # its words may hold the token
        raise Undelivered(Failure.LATER, f"a file broke off: {type(error).__name__}") from None


async def _gathered(pieces: AsyncIterable[bytes]) -> bytes:
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > LARGEST_FILE:
            raise UnfitFile("too_large")
    return bytes(content)
