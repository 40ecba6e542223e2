"""Documents on their way out: drawn when they are sent, uploaded once, sent again by id."""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import BufferedInputFile

from bot.channels.base import Documents, Failure, Undelivered
from bot.channels.calling import Upload
from bot.channels.documents import is_lasting
from bot.channels.drawing import Drawing
from bot.channels.first import First
from bot.channels.pace import Again
from bot.channels.telegram.calling import Calls, Refused, Sent
from bot.channels.telegram.failures import Refusal
from bot.channels.telegram.photos import as_file, is_photo

_REMEMBERED: Final = 10_000  # uploads
_PATIENCE: Final = 120  # seconds for an upload

_Paper: TypeAlias = SendPhoto | SendDocument
_Key: TypeAlias = tuple[str, bytes]
"""As what Telegram has got something, and what we know it by."""


class Uploads:
    """Sends documents; ids are kept by content, for a document of one name may change.

    One that never does is known by its name. It is given with the message of one chat, while the
    others wait.
    """

    def __init__(self, channel: str, documents: Documents, calls: Calls) -> None:
        self._drawing = Drawing(documents, channel)
        self._calls = calls
        self._ids: OrderedDict[_Key, str] = OrderedDict()
        self._first = First(_is_of_one_chat)

    async def send(self, chat: str, call: _Paper, again: Again) -> Sent:
        """Draw what a call names if Telegram has not got it, and make the call."""
        if is_lasting(_name(call)):
            return await self._send_lasting(chat, call, again)
        call, file = await self._draw(chat, call)
        key = _field(call), sha256(file.content).digest()
        return await self._by_id(call, key) or await self._upload(call, key, file)

    async def _send_lasting(self, chat: str, call: _Paper, again: Again) -> Sent:
        name, has_waited = _name(call), False
        while True:
            for form in _forms(call):
                if has_waited and _key(form) in self._ids:  # all who waited would go in one moment
                    await again()
                if sent := await self._by_id(form, _key(form)):
                    return sent
            has_waited = await self._first.waited(name)
            if not has_waited:
                with self._first.going(name):
                    call, file = await self._draw(chat, call)
                    return await self._upload(call, _key(call), file)

    async def _draw(self, chat: str, call: _Paper) -> tuple[_Paper, Upload]:
        """Draw what a call names, and say with which call it goes."""
        if isinstance(call, SendDocument):
            return call, await self._drawing.paper(chat, _name(call))
        file = await self._drawing.picture(chat, _name(call))
        return (call if is_photo(file.content) else as_file(call)), file

    async def _by_id(self, call: _Paper, key: _Key) -> Sent | None:
        """Send what Telegram has got already; None when it has not, or not any more."""
        known = self._ids.get(key)
        if known is None:
            return None
        try:
            return await self._calls.send(call.model_copy(update={key[0]: known}))
        except Refused as refused:
            if refused.refusal is not Refusal.UNKNOWN_FILE:
                raise
            if self._ids.get(key) == known:  # nobody has given it anew meanwhile
                del self._ids[key]
            return None

    async def _upload(self, call: _Paper, key: _Key, file: Upload) -> Sent:
        given = BufferedInputFile(file.content, file.filename)
        sent = await self._calls.send(call.model_copy(update={key[0]: given}), _PATIENCE)
        if sent.file_id:
            self._ids[key] = sent.file_id
            if len(self._ids) > _REMEMBERED:
                self._ids.popitem(last=False)
        return sent


def _is_of_one_chat(failure: Undelivered) -> bool:
    """Tell whether the next chat may fare better: its person is gone, or asked to wait."""
    is_wait = failure.after is not None and not failure.all_chats
    return failure.failure is not Failure.LATER or is_wait


def _forms(call: _Paper) -> Sequence[_Paper]:
    """Say as what Telegram may have got it already: a picture went as a file if it had to."""
    return (call, as_file(call)) if isinstance(call, SendPhoto) else (call,)


def _key(call: _Paper) -> _Key:
    return _field(call), _name(call).encode()


def _field(call: _Paper) -> str:
    return "photo" if isinstance(call, SendPhoto) else "document"


def _name(call: _Paper) -> str:
    return str(call.photo if isinstance(call, SendPhoto) else call.document)
