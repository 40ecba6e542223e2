"""Documents on their way out: drawn when they are sent, uploaded once, sent again by id."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import BufferedInputFile

from bot.channels.base import Documents
from bot.channels.calling import Upload
from bot.channels.documents import is_lasting
from bot.channels.drawing import Drawing
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal
from bot.channels.telegram.photos import as_file, is_photo

_REMEMBERED: Final = 10_000  # uploads
_PATIENCE: Final = 120  # seconds for an upload


class Uploads:
    """Sends documents; ids are kept by content, for a document of one name may change.

    One that never does is known by its name, and given by one call while the others wait.
    """

    def __init__(self, channel: str, documents: Documents, calls: Calls) -> None:
        self._drawing = Drawing(documents, channel)
        self._calls = calls
        self._ids: OrderedDict[tuple[str, bytes], str] = OrderedDict()
        self._first = asyncio.Lock()

    async def send(self, chat: str, call: SendPhoto | SendDocument) -> Sent:
        """Draw what a call names, and make the call."""
        name = _name(call)
        if not is_lasting(name):
            return await self._draw(chat, call)
        if any(_key(one) in self._ids for one in _forms(call)):
            return await self._draw(chat, call)
        async with self._first:
            return await self._draw(chat, call)

    async def _draw(self, chat: str, call: SendPhoto | SendDocument) -> Sent:
        for form in _forms(call):
            if sent := await self._again(form, _key(form)):
                return sent
        match call:
            case SendPhoto(photo=str(name)):
                file = await self._drawing.picture(chat, name)
                if not is_photo(file.content):
                    call = as_file(call)
            case SendDocument(document=str(name)):
                file = await self._drawing.paper(chat, name)
            case _:
                raise TypeError("a document is named, not given")
        return await self._upload(call, file)

    async def _again(self, call: SendPhoto | SendDocument, key: tuple[str, bytes]) -> Sent | None:
        """Send what Telegram has got already; None when it has not, or not any more."""
        known = self._ids.get(key)
        if known is None:
            return None
        try:
            return await self._calls.send(call.model_copy(update={key[0]: known}))
        except Refused as refused:
            if refused.refusal is not Refusal.UNKNOWN_FILE:
                raise
            del self._ids[key]
            return None

    async def _upload(self, call: SendPhoto | SendDocument, file: Upload) -> Sent:
        field, ours = _field(call), _name(call)
        key = _key(call) if is_lasting(ours) else (field, sha256(file.content).digest())
        if sent := await self._again(call, key):
            return sent
        given = BufferedInputFile(file.content, file.filename)
        sent = await self._calls.send(call.model_copy(update={field: given}), _PATIENCE)
        if sent.file_id:
            self._ids[key] = sent.file_id
            if len(self._ids) > _REMEMBERED:
                self._ids.popitem(last=False)
        return sent


def _forms(call: SendPhoto | SendDocument) -> Sequence[SendPhoto | SendDocument]:
    """Say as what Telegram may have got it already: a picture went as a file if it had to."""
    if isinstance(call, SendPhoto) and is_lasting(_name(call)):
        return call, as_file(call)
    return (call,)


def _key(call: SendPhoto | SendDocument) -> tuple[str, bytes]:
    return _field(call), _name(call).encode()


def _field(call: SendPhoto | SendDocument) -> str:
    return "photo" if isinstance(call, SendPhoto) else "document"


def _name(call: SendPhoto | SendDocument) -> str:
    return str(call.photo if isinstance(call, SendPhoto) else call.document)
