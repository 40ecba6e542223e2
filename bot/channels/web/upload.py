"""A file on its way in: read piece by piece, never more of it than is allowed."""

import re
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.channels.base import LARGEST_FILE
from bot.channels.web.wire import KEY_PATTERN, LONGEST_TEXT, typed
from bot.multipart import read_parts

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

    Raises `bot.http.TooLarge`, `bot.channels.web.wire.TooLong`, and `ValueError` for what is
    malformed.
    """
    if request.content_type != _FORM:
        raise ValueError("not a form")
    parts = {name: part async for name, part in read_parts(request, _MOST_PARTS, _limit)}
    key = parts.get("key", b"").decode()
    if not re.match(KEY_PATTERN, key) or not parts.get("file"):
        raise ValueError("a key and a file are expected")
    return Upload(key, typed(parts.get("caption", b"").decode()), parts["file"])


def _limit(name: str) -> int:
    return LARGEST_FILE if name == "file" else _LONGEST_FIELD
