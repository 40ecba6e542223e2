"""The words of one language, found by path; the shell reads them from `locales/`."""

from datetime import date
from typing import Protocol


class Words(Protocol):
    """Texts for people, by symbolic key."""

    language: str

    def __hash__(self) -> int:
        """Tell one catalogue from another, so that what was read of it can be kept."""
        ...

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text with its placeholders filled; ``count`` chooses the plural form."""
        ...

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        ...

    def options(self, key: str) -> tuple[str, ...]:
        """Return the ways of saying something, one a line in the text: synonyms, commands."""
        ...

    def day(self, day: date) -> str:
        """Write a date as people of the language do, the month in words."""
        ...
