"""WhatsApp at work: what `bot.channels.base.Messenger` asks for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, assert_never

from aiohttp import web

from bot.channels.aside import Aside
from bot.channels.base import FileRef, Situation, Surroundings, UnfitFile
from bot.channels.bubbles import Bubble
from bot.channels.calling import Caller, Upload, is_fit, is_safe
from bot.channels.drawing import Drawing, file_name
from bot.channels.held import Held
from bot.channels.pace import Again, Pace, at_once
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.marking import Marks
from bot.channels.whatsapp.reading import NAME, Delivery, read
from bot.channels.whatsapp.reference import reference
from bot.channels.whatsapp.settings import WhatsAppSettings
from bot.channels.whatsapp.showing import show
from bot.channels.whatsapp.webhook import Webhook
from bot.channels.whatsapp.writing import Request, Send, SendFile, SendPicture, write
from dialogs.json import Json
from dialogs.message import Message

PACE: Final = Pace(per_second=80.0, chat_per_second=1 / 6, chat_burst=30)
"""Meta lets 80 a second through, what comes in counted, and one in six seconds to one person.

How long a burst to one person may be is not written down; about 45 are said to be tolerated.
"""

_TAKEN_AS: Final = {"text/calendar": "text/plain"}
"""WhatsApp takes no calendars. As plain text it does, and a phone opens a file by its ending."""


class WhatsApp:
    """One number at WhatsApp."""

    name: Final = NAME
    pace: Pace = PACE

    def __init__(self, settings: WhatsAppSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings
        self._caller = Caller()
        if settings.per_second:
            self.pace = replace(self.pace, per_second=settings.per_second)
        self.aside = Aside()
        self._graph = Graph(settings, self._caller, self.aside)
        self._drawing = Drawing(surroundings.documents, NAME)
        self._same: Held[str] = Held()
        self._marks = Marks(self._graph, surroundings.clock)

    def write(self, message: Message, situation: Situation) -> Sequence[Request]:
        """Say with which calls a message is shown."""
        words = self._surroundings.words[situation.language]
        return write(message, situation, words, self._settings.templates)

    def show(self, request: Request) -> Bubble:
        """Say what a person will see of a call."""
        return show(request)

    async def perform(self, chat: str, request: Request, again: Again = at_once) -> str:
        """Make one call."""
        match request:
            case Send(body):
                return await self._send(chat, body, request.seq)
            case SendPicture(document):
                drawn = partial(self._drawing.picture, chat, document)
                return await self._send_with(chat, request, "image", {}, drawn, again)
            case SendFile(document):
                drawn = partial(self._drawing.paper, chat, document)
                named: dict[str, Json] = {"filename": file_name(document)}
                return await self._send_with(chat, request, "document", named, drawn, again)
            case _:
                assert_never(request)

    async def fetch(self, file: FileRef) -> bytes:
        """Ask where a file is and fetch it from there; raises `UnfitFile` and `Undelivered`."""
        is_fit(file.kind, file.size)
        found = await self._graph.find(file.id)
        is_fit(found.mime_type, found.file_size)
        if not is_safe(found.url, self._settings.api_url):
            raise UnfitFile("broken")
        return await self._graph.fetch(found.url)

    async def show_typing(self, chat: str) -> None:
        """Show that an answer is being prepared, until it comes or for 25 seconds."""
        await self._marks.show_typing(chat)

    def routes(self) -> Iterable[web.RouteDef]:
        """List the addresses that Meta calls."""
        arrivals, follow_up = self._surroundings.arrivals, self._marks.mark
        return Webhook(self._settings, arrivals, self._read, self._hear, follow_up).routes()

    async def run(self) -> None:
        """Wait until cancelled: all that comes in comes by the webhook, which Meta is told of."""
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def _send_with(
        self,
        chat: str,
        request: SendPicture | SendFile,
        kind: str,
        named: Mapping[str, Json],
        draw: Callable[[], Awaitable[Upload]],
        again: Again,
    ) -> str:
        """Send a file, which Meta is given once if it is the same for everybody."""
        caption: dict[str, Json] = {"caption": request.caption} if request.caption else {}

        async def give() -> str:
            file = await draw()
            return await self._graph.upload(replace(file, kind=_TAKEN_AS.get(file.kind, file.kind)))

        async def send(held: str) -> str:
            content: Json = {"id": held, **named, **caption}
            return await self._send(chat, {"type": kind, kind: content}, request.seq)

        return await self._same.send(request.document, give, send, again)

    async def _send(self, chat: str, body: Mapping[str, Json], seq: int) -> str:
        """Post a message to a person, with our own word for it if it is the last part."""
        # A lasting id holds a point, a number never does.
        to: dict[str, Json] = {"recipient": chat} if "." in chat else {"to": chat}
        word: dict[str, Json] = {"biz_opaque_callback_data": reference(chat, seq)} if seq else {}
        return await self._graph.send({"recipient_type": "individual", **to, **body, **word})

    def _read(self, body: bytes) -> Delivery:
        return read(body, self._settings.phone_number_id, self._surroundings.clock())

    async def _hear(self, delivery: Delivery) -> None:
        """Hand on a delivery; what it says is durable when this returns."""
        self.aside.count(len(delivery.arrivals))
        self._marks.note(delivery)
        if delivery.arrivals:
            await self._surroundings.arrivals.take(delivery.arrivals)
        if delivery.receipts:
            await self._surroundings.arrivals.confirm(NAME, delivery.receipts)
