"""Files of a chat as documents of its messages: what a representative sends to the citizen."""

import re
from collections.abc import Mapping
from typing import Final

from dialogs.json import Json

SORTS: Final[Mapping[str, str]] = {
    "image/jpeg": "photo",
    "image/png": "picture",
    "application/pdf": "paper",
}
"""Content types that are kept, each with what a document of it is called."""

_KINDS: Final = {sort: kind for kind, sort in SORTS.items()}
_NAME: Final = r"file-[A-Za-z0-9_-]{22}"
_FILE: Final = re.compile(_NAME)
_DOCUMENT: Final = re.compile(rf"(photo|picture|paper)[-:]({_NAME})")


def document_of(kind: str, name: str) -> str:
    """Name a kept file as a document, by its content type and its own name."""
    return f"{SORTS[kind]}:{name}"


def is_file_name(name: Json) -> bool:
    """Tell whether this has the shape of a kept file's name."""
    return isinstance(name, str) and _FILE.fullmatch(name) is not None


def enclosed(document: str) -> tuple[str, str] | None:
    """Tell content type and name of the file that a document is; None for a drawn one."""
    found = _DOCUMENT.fullmatch(document)
    return (_KINDS[found[1]], found[2]) if found else None
