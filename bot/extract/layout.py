"""How an insurer wants its extracts: the `[extract]` table of the organisation's file."""

from string import Formatter
from typing import Final, Literal, TypeAlias

import msgspec

Field: TypeAlias = Literal[
    "name",
    "enp",
    "born_on",
    "sex",
    "snils",
    "insurer",
    "insurer_phone",
    "insurer_code",
    "insured_since",
    "right_until",
]
Symbology: TypeAlias = Literal["qr", "code128", "datamatrix", "pdf417"]

_FIELDS: Final[tuple[Field, ...]] = (
    "name",
    "enp",
    "born_on",
    "sex",
    "insurer",
    "insurer_phone",
    "insurer_code",
    "insured_since",
    "right_until",
)
_PAYLOAD_BLANKS: Final = frozenset({"barcode", "enp", "number"})


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on an extract, and its code.

    ``title`` is by language, empty for our own words. A field that a person has no value
    for (an end of the right, say) is left out. ``payload`` is what the code holds, with the
    blanks ``{barcode}`` (the machine-readable sequence of the register), ``{enp}`` and
    ``{number}`` (of the extract). Neither the official form of the extract nor the symbology
    of its code is published: that is why all of it is the insurer's choice.
    """

    title: dict[str, str] = {}
    fields: tuple[Field, ...] = _FIELDS
    symbology: Symbology = "qr"
    payload: str = "{barcode}"

    def __post_init__(self) -> None:
        """Refuse what no extract could be drawn by."""
        try:
            blanks = {name for _, name, _, _ in Formatter().parse(self.payload) if name is not None}
        except ValueError as error:
            raise ValueError(f"payload: {error}") from error
        if not blanks or not blanks <= _PAYLOAD_BLANKS:
            raise ValueError(f"payload may hold {', '.join(sorted(_PAYLOAD_BLANKS))}, one at least")
        if len(set(self.fields)) < len(self.fields) or "name" not in self.fields:
            raise ValueError("fields names each field once, and name among them")
