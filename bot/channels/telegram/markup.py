"""Text for Telegram's HTML mode: nothing that people or databases say can break it."""

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"</?[bi]>")


def escaped(text: str) -> str:
    """Write plain text so that it is read as itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(text: str) -> str:
    """Write plain text in bold print."""
    return f"<b>{escaped(text)}</b>"


def small(text: str) -> str:
    """Write plain text as small print; Telegram has no smaller letters, so they lean."""
    return f"<i>{escaped(text)}</i>"


def plain(html: str) -> str:
    """Read back what the functions above have written."""
    return unescape(_TAG.sub("", html))
