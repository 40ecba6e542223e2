"""Documents on their way out: drawn when they are sent, uploaded once, sent again by id."""

from collections import OrderedDict
from hashlib import sha256
from typing import Final

from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile

from bot.channels.base import Documents, Failure, Undelivered
from bot.channels.documents import content_of, is_picture, picture_of
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal

_REMEMBERED: Final = 10_000  # uploads
_NONE: Final = "no document of that name for this chat"
_PATIENCE: Final = 120  # seconds for an upload


class Uploads:
    """Sends documents; ids are kept by content, for a document of one name may change."""

    def __init__(self, channel: str, documents: Documents, calls: Calls) -> None:
        self._channel = channel
        self._documents = documents
        self._calls = calls
        self._ids: OrderedDict[tuple[str, bytes], str] = OrderedDict()

    async def send(self, chat: str, call: SendPhoto | SendDocument) -> Sent | None:
        """Draw what a call names, and make the call; None when there is nothing to be seen."""
        match call:
            case SendPhoto(photo=str(name)):
                content = await self._documents.picture(self._channel, chat, name)
                if content is None and is_picture(name):
                    raise Undelivered(Failure.REJECTED, _NONE)
                if content is None:
                    return await self._words_alone(call)
                _, ending = picture_of(name)
            case SendDocument(document=str(name)):
                content = await self._documents.document(self._channel, chat, name)
                if content is None:
                    raise Undelivered(Failure.REJECTED, _NONE)
                _, ending = content_of(name)
            case _:
                raise TypeError("a document is named, not given")
        return await self._upload(call, name.replace(":", "-") + ending, content)

    async def _words_alone(self, call: SendPhoto) -> Sent | None:
        """Say the caption of a picture that there is none of."""
        if not call.caption:
            return None
        words = SendMessage(chat_id=call.chat_id, text=call.caption, parse_mode="HTML")
        return await self._calls.send(words)

    async def _upload(self, call: SendPhoto | SendDocument, name: str, content: bytes) -> Sent:
        field = "photo" if isinstance(call, SendPhoto) else "document"
        key = (field, sha256(content).digest())
        if known := self._ids.get(key):
            try:
                return await self._calls.send(call.model_copy(update={field: known}))
            except Refused as refused:
                if refused.refusal is not Refusal.UNKNOWN_FILE:
                    raise
                del self._ids[key]
        file = BufferedInputFile(content, name)
        sent = await self._calls.send(call.model_copy(update={field: file}), _PATIENCE)
        if sent.file_id:
            self._ids[key] = sent.file_id
            if len(self._ids) > _REMEMBERED:
                self._ids.popitem(last=False)
        return sent
