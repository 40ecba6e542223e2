"""What can be asked of the database by whoever looks for an insured person."""

from collections.abc import Sequence
from datetime import date

from dialogs.insured import Insured
from storage import dossier
from storage.dossier import Happening, IssuedExtract, Met, Naming
from storage.run import Run


class DossierLook:
    """The part of a look that is about one person in all chats."""

    _run: Run

    async def insured_by_name(
        self, namings: Sequence[Naming], born_on: date | None, *, after: int = 0, limit: int = 50
    ) -> Sequence[Insured]:
        """Find people of the register by name, by our id past ``after``."""
        return await self._run(dossier.by_name, namings, born_on, after, limit)

    async def chats_of_person(self, person: int) -> Sequence[Met]:
        """Read the chats where a person is proven."""
        return await self._run(dossier.chats_of, person)

    async def extracts_of_person(self, person: int) -> Sequence[IssuedExtract]:
        """Read the extracts about a person, the newest first."""
        return await self._run(dossier.extracts_of, person)

    async def person_of_extract(self, number: str) -> int | None:
        """Tell by our id about whom an extract is, withdrawn or not."""
        return await self._run(dossier.about_whom, number)

    async def happened_to_person(self, person: int) -> Sequence[Happening]:
        """Read how chats proved to be a person's, or failed to, the newest first."""
        return await self._run(dossier.happened_to, person)
