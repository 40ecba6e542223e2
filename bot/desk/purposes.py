"""What personal data may be looked at for: the journal keeps one of these with every look."""

from typing import Final

PURPOSES: Final = ("dialog", "application", "complaint", "check", "other")
"""Texts ``desk.purpose.<name>``; «other» asks for words of one's own."""


def purpose_key(purpose: str) -> str:
    """Return the key of a purpose's words."""
    return f"desk.purpose.{purpose}"
