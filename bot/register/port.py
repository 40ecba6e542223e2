"""What a register of insured people can be asked."""

from collections.abc import Sequence
from typing import Protocol

from dialogs.insured import Insured


class RegisterBusy(Exception):
    """The register does not answer, or not in a way to be trusted; it may later.

    The message is for the log and tells nothing of people.
    """


class Register(Protocol):
    """Finds people; each method returns nobody when there is none, and raises `RegisterBusy`."""

    async def by_enp(self, enp: str) -> Sequence[Insured]:
        """Find the person of an ЕНП, 16 digits."""
        ...

    async def by_document(self, document: str) -> Sequence[Insured]:
        """Find the people of a document's number, as `dialogs.fields` keep it."""
        ...

    async def by_phone(self, phone: str) -> Sequence[Insured]:
        """Find the people of a phone, «+7…»."""
        ...
