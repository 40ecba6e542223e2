"""Documents on their way to a messenger: drawn as they leave, and named as files are."""

from dataclasses import dataclass

from bot.channels.base import Documents, Failure, Undelivered
from bot.channels.calling import Upload
from bot.channels.documents import content_of, picture_of


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws documents for one channel; each raises `Undelivered` when the chat has none such."""

    documents: Documents
    channel: str

    async def picture(self, chat: str, document: str) -> Upload:
        """Draw a document as it is looked at in the chat."""
        drawn = await self.documents.picture(self.channel, chat, document)
        return _upload(drawn, document, *picture_of(document))

    async def paper(self, chat: str, document: str) -> Upload:
        """Draw a document as a file."""
        drawn = await self.documents.document(self.channel, chat, document)
        return _upload(drawn, document, *content_of(document))


def file_name(document: str) -> str:
    """Name the file that a document is."""
    return _named(document, content_of(document)[1])


def _upload(drawn: bytes | None, document: str, kind: str, ending: str) -> Upload:
    if drawn is None:
        raise Undelivered(Failure.REJECTED, "document")
    return Upload(drawn, kind, _named(document, ending))


def _named(document: str, ending: str) -> str:
    return document.replace(":", "-") + ending
