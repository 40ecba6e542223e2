"""What can be asked of the database about files that people sent."""

from collections.abc import Iterable

from storage import files
from storage.files import KeptFile, Placing
from storage.run import Run


class FileWork:
    """The part of a unit of work that is about files."""

    _run: Run

    async def keep_file(self, kept: KeptFile, channel: str, address: str) -> None:
        """Keep a file for a chat, which may be new; it is loose until it is given a place."""
        await self._run(files.keep, kept, channel, address)

    async def place_files(self, placings: Iterable[Placing]) -> None:
        """Give files of chats their places, and drop those that have none."""
        await self._run(files.place, placings)


class FileLook:
    """The part of a look that is about files."""

    _run: Run

    async def file(self, channel: str, address: str, name: str) -> KeptFile | None:
        """Look at a file of this chat, and of no other."""
        return await self._run(files.one, channel, address, name)
