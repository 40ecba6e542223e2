"""The picture or paper of a notice: kept once, whoever gets it, and opened by its name alone.

The name cannot be guessed, and stands only in the notice and in the histories of those who got it.
"""

import re
import secrets
from collections import OrderedDict
from typing import Final

from bot.enclosures import SORTS
from storage.db import Store
from storage.notice_files import NoticeFile

_KINDS: Final = {sort: kind for kind, sort in SORTS.items()}
_DOCUMENT: Final = re.compile(r"(photo|picture|paper)[-:](notice-[A-Za-z0-9_-]{22})")
_REMEMBERED: Final = 4  # files of five megabytes at most: those asked for last


def attached(document: str) -> tuple[str, str] | None:
    """Tell content type and name of the file that a document is; None for another document."""
    found = _DOCUMENT.fullmatch(document)
    return (_KINDS[found[1]], found[2]) if found else None


def new_file(kind: str, content: bytes) -> NoticeFile:
    """Give a file that has been looked into a name that cannot be guessed."""
    return NoticeFile(f"notice-{secrets.token_urlsafe(16)}", kind, content)


class Attachments:
    """Opens what notices carry; `Notices.edit` keeps it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: OrderedDict[str, NoticeFile] = OrderedDict()

    async def open(self, document: str) -> NoticeFile | None:
        """Open a document of a notice; None when there is none of that name and kind."""
        named = attached(document)
        if named is None:
            return None
        kind, name = named
        found = self._read.pop(name, None)
        if found is None:
            async with self._store.look() as look:
                found = await look.notice_file(name)
        if found is None or found.kind != kind:
            return None
        self._read[name] = found  # behind all that were asked for longer ago
        if len(self._read) > _REMEMBERED:
            self._read.popitem(last=False)
        return found
