"""Free words."""

from dialogs.fields.base import Asking, Field, Problem, Reading
from dialogs.incoming import Incoming, Said
from dialogs.json import Json


class Text(Field):
    """Free words of at most ``max`` characters."""

    greedy = True

    def __init__(self, max: int = 200) -> None:  # noqa: A002 — reads best in a form
        self._max = max

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Take any words that are not too long; a number alone is no words."""
        del asking
        text = " ".join(incoming.text.split()) if isinstance(incoming, Said) else ""
        if not any(map(str.isalpha, text)):
            return Problem("text")
        return text if len(text) <= self._max else Problem("long")

    def accepts(self, value: Json) -> bool:
        """Tell whether the words still fit."""
        return isinstance(value, str) and 0 < len(value) <= self._max

    def show(self, value: Json, asking: Asking) -> str:
        """Write the words as they are."""
        del asking
        return str(value)
