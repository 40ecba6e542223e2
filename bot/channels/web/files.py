"""What a file is, found in its bytes; its name and claimed type are never believed."""

from io import BytesIO
from typing import Final

LARGEST_FILE: Final = 5 * 1024 * 1024
"""In bytes: 5 MB, as citizens are told."""

_MOST_PIXELS: Final = 50_000_000  # a 50-megapixel phone fits; a decompression bomb does not
_KINDS: Final = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
_STARTS: Final = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


class UnknownKind(Exception):
    """The file is none of JPEG, PNG and PDF."""


class Broken(Exception):
    """The file says it is of a known kind, but cannot be opened to its end."""


def kind_of(content: bytes) -> str:
    """Find the content type, or raise `UnknownKind` or `Broken`. Slow: belongs in a thread."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    for start, name in _STARTS.items():
        if content.startswith(start):
            return _picture(content, name)
    raise UnknownKind


def _pdf(content: bytes) -> str:
    """Look for the end mark, which a transfer that broke off lacks."""
    if b"%%EOF" not in content[-2048:]:
        raise Broken
    return "application/pdf"


def _picture(content: bytes, name: str) -> str:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 — heavy, and few send pictures

    try:
        with Image.open(BytesIO(content), formats=[name]) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise Broken
            if name == "JPEG":
                # An eighth of the size is enough to see that all of it is there.
                image.draft("L", (image.width // 8 or 1, image.height // 8 or 1))
                image.load()
            else:
                image.verify()
            return _KINDS[image.format or name]
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise Broken from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Broken from error
