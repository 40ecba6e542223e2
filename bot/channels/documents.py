"""What a document is, by the kind that begins its name: a paper, a calendar, a picture."""

import re
from collections.abc import Mapping
from typing import Final

_PICTURES: Final[Mapping[str, tuple[str, str]]] = {
    "photo": ("image/jpeg", ".jpg"),
    "picture": ("image/png", ".png"),
}
"""Kinds that are looked at in the chat and are no paper beside it."""

_OTHERS: Final[Mapping[str, tuple[str, str]]] = {"calendar": ("text/calendar", ".ics")}
_PICTURED: Final = frozenset({"extract"})
"""Kinds of papers that are looked at in the chat as well."""

_PAPER: Final = ("application/pdf", ".pdf")
_DRAWN: Final = ("image/png", ".png")


def content_of(document: str) -> tuple[str, str]:
    """Tell the content type and the ending of a document as a file."""
    kind = _kind(document)
    return _PICTURES.get(kind) or _OTHERS.get(kind, _PAPER)


def picture_of(document: str) -> tuple[str, str]:
    """Tell the content type and the ending of a document as it is looked at in a chat."""
    return _PICTURES.get(_kind(document), _DRAWN)


def is_picture(document: str) -> bool:
    """Tell whether a document is nothing but a picture, to be shown and not given beside it."""
    return _kind(document) in _PICTURES


def is_pictured(document: str) -> bool:
    """Tell whether a document is a paper that is shown, too; no other paper has a picture."""
    return _kind(document) in _PICTURED


def is_lasting(document: str) -> bool:
    """Tell whether a document is the same for everybody for ever: what a notice carries."""
    return re.match(r"(photo|picture|paper)[:-]notice-", document) is not None


def _kind(document: str) -> str:
    return re.split(r"[:-]", document, maxsplit=1)[0]
