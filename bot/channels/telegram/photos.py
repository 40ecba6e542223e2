"""Which pictures Telegram shows as photos; all others are looked at as files.

The bounds are those of ``sendPhoto``, see https://core.telegram.org/bots/api#sendphoto.
"""

from io import BytesIO
from typing import Final

from aiogram.methods import SendDocument, SendPhoto
from PIL import Image

_LONGEST: Final = 10_000  # pixels, both sides together
_NARROWEST: Final = 20  # times as long as broad
_LARGEST: Final = 10 * 1024 * 1024  # bytes


def is_photo(content: bytes) -> bool:
    """Tell whether a picture may go as a photo, by its head alone."""
    if len(content) > _LARGEST:
        return False
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            return fits(*picture.size)
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False


def fits(width: int, height: int) -> bool:
    """Tell whether a picture of so many pixels may go as a photo."""
    longer, shorter = max(width, height), min(width, height)
    return longer + shorter <= _LONGEST and longer <= _NARROWEST * shorter


def as_file(call: SendPhoto) -> SendDocument:
    """Send as a file what was to be a photo; all else about it stays."""
    said = call.model_fields_set & SendDocument.model_fields.keys()
    return SendDocument(document=call.photo, **{name: getattr(call, name) for name in said})
