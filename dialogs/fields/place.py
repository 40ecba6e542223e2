"""Addresses, with the region told from the words."""

from dialogs.fields.base import Asking, Doubt, Field, Problem, Reading, said
from dialogs.incoming import Incoming
from dialogs.json import Json
from dialogs.regions import region_of

_SHORTEST, _LONGEST = 8, 300  # characters


class Address(Field):
    """An address in free words, kept as an object of ``text`` and ``region``.

    ``region`` is the two digits of the region as the tax service numbers them, or empty
    when the words do not tell it; nothing is looked up.
    """

    greedy = True

    def read(self, incoming: Incoming, asking: Asking) -> Reading:
        """Take an address of a fitting length; one without any number is doubted."""
        text = said(incoming)
        if not any(map(str.isalpha, text)):
            return Problem("address")
        if len(text) < _SHORTEST:
            return Problem("address.short")
        if len(text) > _LONGEST:
            return Problem("address.long")
        region = region_of(text, asking.words.options("field.regions"))
        value: Json = {"text": text, "region": region}
        # In a village a house may have no number.
        return value if any(map(str.isdigit, text)) else Doubt(value, "address.house")

    def accepts(self, value: Json) -> bool:
        """Tell whether this is an address of a fitting length, its region known or empty."""
        if not isinstance(value, dict) or set(value) != {"text", "region"}:
            return False
        text, region = value["text"], value["region"]
        if not isinstance(text, str) or not isinstance(region, str):
            return False
        is_code = len(region) == 2 and region.isdecimal()  # noqa: PLR2004 — two digits
        return _SHORTEST <= len(text) <= _LONGEST and (is_code or not region)

    def show(self, value: Json, asking: Asking) -> str:
        """Write the address as it was given."""
        del asking
        return str(value["text"]) if isinstance(value, dict) else ""
