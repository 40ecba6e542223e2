"""One of a few values."""

from dialogs.fields.base import Asking, Field, Problem, Reading
from dialogs.incoming import Incoming, Said
from dialogs.json import Json


class Choice(Field):
    """One of a few values; their labels are the texts ``<step>.choice.<value>``."""

    personal = False

    def __init__(self, *values: str) -> None:
        self._values = values

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Understand a synonym; numbers and labels are read before the field is asked."""
        if isinstance(incoming, Said):
            said = incoming.text.strip().casefold()
            for value in self._values:
                if said in asking.words.options(f"{asking.key}.choice.{value}.options"):
                    return value
        return Problem("choice")

    def accepts(self, value: Json) -> bool:
        """Tell whether the value is still offered."""
        return value in self._values

    def show(self, value: Json, asking: Asking) -> str:
        """Write the label of the value."""
        return asking.words(f"{asking.key}.choice.{value}")

    def choices(self) -> tuple[str, ...]:
        """Return the values in the order of the form."""
        return self._values
