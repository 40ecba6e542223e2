"""What people type into a messenger, cleaned of what no keyboard types."""

import json
import re
from typing import Final, TypeVar

import msgspec

CODE: Final = re.compile(r"[\x21-\x7e]{1,64}")
"""What a code of our buttons may look like; see `dialogs.buttons`."""

Shape = TypeVar("Shape")

_UNTYPED: Final = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t"}


def typed(text: str) -> str:
    """Take out control characters and halves of characters; a database refuses them."""
    return text.translate(_UNTYPED).encode("utf-8", "ignore").decode()


def decode(body: bytes, shape: type[Shape]) -> Shape:
    """Read JSON into a shape; raises `ValueError` when it is malformed.

    A half of an emoji, as clients cut them, is left out; the strict reader would refuse the
    whole delivery for it, and with it what other people wrote.
    """
    try:
        try:
            return msgspec.json.decode(body, type=shape)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            mended = json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "ignore")
            return msgspec.json.decode(mended, type=shape)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
