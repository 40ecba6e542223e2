"""Forms with files: read part by part, never more of any than is allowed."""

from collections.abc import AsyncIterator, Callable

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from bot.http import TooLarge


class PartTooLarge(TooLarge):
    """One part is longer than its reader allows; ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


async def read_parts(
    request: web.Request, most: int, limit: Callable[[str], int]
) -> AsyncIterator[tuple[str, bytes]]:
    """Read the parts of a form, each with its name; ``limit`` is how many bytes a part may have.

    Raises `PartTooLarge`, and `ValueError` for what is malformed; the caller minds the time.
    """
    count = 0
    try:
        async for part in await request.multipart():
            count += 1
            if not isinstance(part, BodyPartReader) or count > most:
                raise ValueError("an unexpected part")
            name = part.name or ""
            yield name, await _whole(part, name, limit(name))
    except BadHttpMessage:
        raise ValueError("a part with headers that cannot be read") from None


async def _whole(part: BodyPartReader, name: str, limit: int) -> bytes:
    content = bytearray()
    while piece := await part.read_chunk():
        content += piece
        if len(content) > limit:
            raise PartTooLarge(name)
    return bytes(content)
