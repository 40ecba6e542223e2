"""What a form posts: fields, and perhaps one file, never more of either than is allowed."""

from typing import Final
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from multidict import MultiDict

from bot.channels.base import LARGEST_FILE
from bot.http import TooLarge, read_body

_MOST_FIELDS: Final = 500
_MOST_PARTS: Final = 70  # of a list: what each of 50 columns holds, and what every form has
_LONGEST_PART: Final = 16 * 1024  # bytes of a field beside a file


class FileTooLarge(Exception):
    """The file is larger than anybody may send."""


async def read_fields(request: web.Request, longest: int, seconds: float) -> MultiDict[str]:
    """Read a form without a file.

    Raises `bot.http.TooLarge`, `TimeoutError`, and `ValueError` for what is none.
    """
    body = await read_body(request, longest, seconds)
    return MultiDict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))


async def read_with_file(request: web.Request) -> tuple[MultiDict[str], bytes]:
    """Read a form whose part `file` is a file; without one its bytes are empty.

    Raises `FileTooLarge` besides what `read_fields` does; the caller minds the time.
    """
    fields: MultiDict[str] = MultiDict()
    content = b""
    count = 0
    async for part in await request.multipart():
        count += 1
        if not isinstance(part, BodyPartReader) or count > _MOST_PARTS:
            raise ValueError("an unexpected part")
        if part.name == "file":
            content = await _whole(part, LARGEST_FILE, FileTooLarge)
        else:
            read = await _whole(part, _LONGEST_PART, TooLarge)
            fields.add(part.name or "", read.decode())
    return fields, content


async def _whole(part: BodyPartReader, limit: int, refusal: type[Exception]) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk():
        content += piece
        if len(content) > limit:
            raise refusal
    return bytes(content)
