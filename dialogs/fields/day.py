"""Days."""

import re
from datetime import date
from typing import cast

from dialogs.fields.base import Asking, Field, Problem, Reading
from dialogs.incoming import Incoming, Said
from dialogs.json import Json

_DAY = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")


class PastDate(Field):
    """A day that is not in the future, kept as ``YYYY-MM-DD``."""

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Read day, month and year."""
        if not isinstance(incoming, Said):
            return Problem("date")
        found = _DAY.fullmatch(incoming.text.strip())
        if not found:
            return Problem("date")
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return Problem("date")
        return day.isoformat() if day <= asking.now.date() else Problem("future")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is a day."""
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def show(self, value: Json, asking: Asking) -> str:
        """Write the day in words."""
        return asking.words.day(date.fromisoformat(cast("str", value)))
