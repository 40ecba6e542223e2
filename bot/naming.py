"""The names of kept files, and where a conversation mentions them."""

import re
import secrets
from typing import Final

from dialogs.json import Json

_PREFIX: Final = "file-"
_NAME: Final = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{22}}")


def new_name() -> str:
    """Make a name that nobody can guess; its shape is known again in any text."""
    return _PREFIX + secrets.token_urlsafe(16)


def mentioned(value: Json) -> frozenset[str]:
    """Find the names in a session or in answers, wherever they stand there."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text) if _PREFIX in text:
                found.update(_NAME.findall(text))
            case dict(parts):
                waiting.extend(parts.values())
            case list(parts):
                waiting.extend(parts)
    return frozenset(found)
