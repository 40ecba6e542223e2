"""People as the register of insured persons knows them, and what somebody says of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

Sex: TypeAlias = Literal["male", "female"]
Role: TypeAlias = Literal["self", "child", "ward"]
"""A ``ward`` is linked by decision of a representative of the insurer only."""
Goal: TypeAlias = Literal["extract", "number", "insurer", "validity", "link"]
"""What somebody proves who they are for."""

ENP_DIGITS: Final = 16
LAST_DIGITS: Final = 4
"""How many of a document's last digits prove that it is known."""


@dataclass(frozen=True, slots=True)
class Insured:
    """One person of the register; only the ``id`` says nothing of them.

    ``id`` is our own, 0 for a person we do not keep yet. ``document_kind`` and ``document``
    are as `dialogs.fields` keep them; ``snils`` may be empty; ``phone`` is «+7…», empty when
    unknown. ``right_until`` is the end of a foreigner's right to insurance. ``barcode`` is
    the machine-readable sequence of the policy. ``representative`` is the ЕНП of the parent
    recorded for a child. ``is_demo`` marks invented people.
    """

    id: int
    enp: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    patronymic: str = field(repr=False)
    born_on: date = field(repr=False)
    sex: Sex = field(repr=False)
    document_kind: str = field(repr=False)
    document: str = field(repr=False)
    snils: str = field(repr=False)
    phone: str = field(repr=False)
    insurer_code: str
    insured_since: date = field(repr=False)
    right_until: date | None = field(repr=False)
    barcode: str = field(repr=False)
    is_demo: bool
    representative: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """Write the name in one line; parts may be absent."""
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))


@dataclass(frozen=True, slots=True)
class Linked:
    """A person who was proven in a chat: oneself, or a child of whoever writes there."""

    insured: Insured
    role: Role


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says to be insured under.

    ``number`` is a whole ЕНП or the last four digits of the document. A child's claim names
    by ``guardians`` the ЕНП of those who are proven in the chat: one must be its parent.
    """

    phone: str = field(repr=False)
    born_on: date = field(repr=False)
    number: str = field(repr=False)
    role: Role = "self"
    guardians: tuple[str, ...] = field(default=(), repr=False)
