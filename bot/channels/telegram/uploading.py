"""Documents on their way out: drawn when they are sent, uploaded once, sent again by id."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from aiogram.methods import SendDocument, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile

from bot.channels.base import Documents, Failure, Undelivered
from bot.channels.documents import content_of, is_lasting, is_picture, picture_of
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal
from bot.channels.telegram.photos import as_file, is_photo

_REMEMBERED: Final = 10_000  # uploads
_NONE: Final = "no document of that name for this chat"
_PATIENCE: Final = 120  # seconds for an upload


class Uploads:
    """Sends documents; ids are kept by content, for a document of one name may change.

    One that never does is known by its name, and given by one call while the others wait.
    """

    def __init__(self, channel: str, documents: Documents, calls: Calls) -> None:
        self._channel = channel
        self._documents = documents
        self._calls = calls
        self._ids: OrderedDict[tuple[str, bytes], str] = OrderedDict()
        self._first = asyncio.Lock()

    async def send(self, chat: str, call: SendPhoto | SendDocument) -> Sent | None:
        """Draw what a call names, and make the call; None when there is nothing to be seen."""
        name = _name(call)
        if not is_lasting(name):
            return await self._draw(chat, call)
        if any(_key(one) in self._ids for one in _forms(call)):
            return await self._draw(chat, call)
        async with self._first:
            return await self._draw(chat, call)

    async def _draw(self, chat: str, call: SendPhoto | SendDocument) -> Sent | None:
        for form in _forms(call):
            if sent := await self._again(form, _key(form)):
                return sent
        match call:
            case SendPhoto(photo=str(name)):
                content = await self._documents.picture(self._channel, chat, name)
                if content is None and is_picture(name):
                    raise Undelivered(Failure.REJECTED, _NONE)
                if content is None:
                    return await self._words_alone(call)
                _, ending = picture_of(name)
                if not is_photo(content):
                    call = as_file(call)
            case SendDocument(document=str(name)):
                content = await self._documents.document(self._channel, chat, name)
                if content is None:
                    raise Undelivered(Failure.REJECTED, _NONE)
                _, ending = content_of(name)
            case _:
                raise TypeError("a document is named, not given")
        return await self._upload(call, name.replace(":", "-") + ending, content)

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

    async def _words_alone(self, call: SendPhoto) -> Sent | None:
        """Say the caption of a picture that there is none of."""
        if not call.caption:
            return None
        words = SendMessage(chat_id=call.chat_id, text=call.caption, parse_mode="HTML")
        return await self._calls.send(words)

    async def _upload(self, call: SendPhoto | SendDocument, name: str, content: bytes) -> Sent:
        field, ours = _field(call), _name(call)
        key = _key(call) if is_lasting(ours) else (field, sha256(content).digest())
        if sent := await self._again(call, key):
            return sent
        file = BufferedInputFile(content, name)
        sent = await self._calls.send(call.model_copy(update={field: file}), _PATIENCE)
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
