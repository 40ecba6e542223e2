"""The register in our own tables, filled by `import-insured`."""

from collections.abc import Sequence

from dialogs.insured import Insured
from storage.db import Store


class OwnRegister:
    """Looks into our own tables; satisfies `bot.register.port.Register`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def by_enp(self, enp: str) -> Sequence[Insured]:
        """Find the person of an ЕНП."""
        async with self._store.look() as look:
            return await look.insured_by_enp(enp)

    async def by_document(self, document: str) -> Sequence[Insured]:
        """Find the people of a document."""
        async with self._store.look() as look:
            return await look.insured_by_document(document)

    async def by_phone(self, phone: str) -> Sequence[Insured]:
        """Find the people of a phone."""
        async with self._store.look() as look:
            return await look.insured_by_phone(phone)
