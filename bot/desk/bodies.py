"""What a form posts: fields, and perhaps one file, never more of either than is allowed."""

from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import MultiDict

from bot.channels.base import LARGEST_FILE
from bot.http import read_body
from bot.multipart import read_parts

FILE: Final = "file"
"""The part that may be as long as a file."""

_MOST_FIELDS: Final = 500
_MOST_PARTS: Final = 70  # of a list: what each of 50 columns holds, and what every form has
_LONGEST_PART: Final = 16 * 1024  # bytes of a field beside a file


async def read_fields(request: web.Request, longest: int, seconds: float) -> MultiDict[str]:
    """Read a form without a file.

    Raises `bot.http.TooLarge`, `TimeoutError`, and `ValueError` for what is none.
    """
    body = await read_body(request, longest, seconds)
    return MultiDict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))


async def read_with_file(request: web.Request) -> tuple[MultiDict[str], bytes]:
    """Read a form whose part `file` is a file; without one its bytes are empty.

    Raises what `bot.multipart.read_parts` does; the caller minds the time.
    """
    fields: MultiDict[str] = MultiDict()
    content = b""
    async for name, part in read_parts(request, _MOST_PARTS, _limit):
        if name == FILE:
            content = part
        else:
            fields.add(name, part.decode())
    return fields, content


def _limit(name: str) -> int:
    return LARGEST_FILE if name == FILE else _LONGEST_PART
