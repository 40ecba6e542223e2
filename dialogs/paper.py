"""What the barcode of an old paper policy says, and what else a photo may show."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from dialogs.insured import Sex

OtherCode: TypeAlias = Literal["qr", "linear", "datamatrix", "aztec", "pdf417", "other"]
Instead: TypeAlias = OtherCode | Literal["nothing", "failed"]
"""What a photo shows that shows no paper policy; ``failed`` when it could not be looked at."""


@dataclass(frozen=True, slots=True)
class PaperPolicy:
    """Who a paper policy was given to. Names are in capitals, as they are written there.

    ``surname`` or ``patronymic`` may be empty; ``valid_until`` is None without an end.
    """

    enp: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    patronymic: str = field(repr=False)
    sex: Sex = field(repr=False)
    born_on: date = field(repr=False)
    valid_until: date | None = field(repr=False)
