"""A file on its way in: read piece by piece, never more of it than is allowed."""

import re
from dataclasses import dataclass, field
from typing import Final

from aiohttp import BodyPartReader, web

from bot.channels.base import LARGEST_FILE
from bot.channels.web.wire import KEY_PATTERN, LONGEST_TEXT, typed
from bot.http import TooLarge

_LONGEST_FIELD: Final = LONGEST_TEXT * 4  # bytes of UTF-8
_MOST_PARTS: Final = 3
_FORM: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file with its key and caption."""

    key: str
    caption: str = field(repr=False)
    content: bytes = field(repr=False)


async def read(request: web.Request) -> Upload:
    """Read an upload.

    Raises `TooLarge`, `bot.channels.web.wire.TooLong`, and `ValueError` when it is malformed.
    """
    if request.content_type != _FORM:
        raise ValueError("not a form")
    parts = await _parts(request)
    key = parts.get("key", b"").decode()
    if not re.match(KEY_PATTERN, key) or not parts.get("file"):
        raise ValueError("a key and a file are expected")
    return Upload(key, typed(parts.get("caption", b"").decode()), parts["file"])


async def _parts(request: web.Request) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or len(parts) >= _MOST_PARTS:
            raise ValueError("an unexpected part")
        limit = LARGEST_FILE if part.name == "file" else _LONGEST_FIELD
        parts[part.name or ""] = await _read_part(part, limit)
    return parts


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk():
        content += piece
        if len(content) > limit:
            raise TooLarge
    return bytes(content)
