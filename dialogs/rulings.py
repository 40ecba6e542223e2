"""What a representative of the insurer decides about the people of a chat."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class LinkDecided:
    """A person with our id ``insured``, called ``name``, is linked to the chat, or no more.

    ``reason`` is for the citizen.
    """

    insured: int
    name: str = field(repr=False)
    is_linked: bool
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ExtractWithdrawn:
    """An extract that this chat was issued holds no more, for a reason told to the citizen."""

    number: str
    reason: str = field(default="", repr=False)


Ruled: TypeAlias = LinkDecided | ExtractWithdrawn
