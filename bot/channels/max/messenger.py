"""MAX at work: what `bot.channels.base.Messenger` asks for."""

import logging
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, assert_never

from aiohttp import web

from bot.channels.aside import Aside
from bot.channels.base import FileRef, Situation, Surroundings, Undelivered, UnfitFile
from bot.channels.bubbles import Bubble
from bot.channels.calling import Caller, Upload, is_fit, is_safe
from bot.channels.drawing import Drawing
from bot.channels.held import Held
from bot.channels.max.api import Api
from bot.channels.max.contacts import Trust
from bot.channels.max.introducing import commands
from bot.channels.max.pressing import Presses
from bot.channels.max.reading import NAME, Told, read
from bot.channels.max.receiving import poll, stay_subscribed
from bot.channels.max.settings import MaxSettings
from bot.channels.max.showing import show
from bot.channels.max.webhook import Webhook
from bot.channels.max.writing import Request, Send, SendFile, SendPicture, write
from bot.channels.pace import Again, Pace, at_once
from dialogs.json import Json
from dialogs.message import Message

PACE: Final = Pace(per_second=30.0, chat_per_second=2.0, chat_burst=1)
"""MAX takes 30 calls a second in all, and two messages a second to one dialog."""

_MOST_DIALOGS: Final = 10_000

_log = logging.getLogger(__name__)


class Max:
    """One bot at MAX."""

    name: Final = NAME
    pace: Final = PACE

    def __init__(self, settings: MaxSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings
        self._caller = Caller(_trusting(settings.ca_file))
        self.aside = Aside()
        self._api = Api(settings, self._caller, self.aside)
        self._trust = Trust(settings.token, settings.contact_hash)
        self._presses = Presses(self._api, surroundings.words)
        self._drawing = Drawing(surroundings.documents, NAME)
        self._same: Held[Json] = Held()
        self._dialogs: dict[str, int] = {}

    def write(self, message: Message, situation: Situation) -> Sequence[Request]:
        """Say with which calls a message is shown."""
        return write(message, self._surroundings.words[situation.language])

    def show(self, request: Request) -> Bubble:
        """Say what a person will see of a call."""
        return show(request)

    async def perform(self, chat: str, request: Request, again: Again = at_once) -> str:
        """Make one call."""
        match request:
            case Send(body):
                return await self._api.send(chat, body)
            case SendPicture(document, body):
                drawn = partial(self._drawing.picture, chat, document)
                return await self._send_with(chat, body, document, "image", drawn, again)
            case SendFile(document, body):
                drawn = partial(self._drawing.paper, chat, document)
                return await self._send_with(chat, body, document, "file", drawn, again)
            case _:
                assert_never(request)

    async def fetch(self, file: FileRef) -> bytes:
        """Fetch a file from its address; raises `UnfitFile` and `Undelivered`."""
        is_fit(file.kind, file.size)
        if not is_safe(file.id, self._settings.api_url):
            raise UnfitFile("broken")
        return await self._caller.fetch(file.id)

    async def show_typing(self, chat: str) -> None:
        """Show that an answer is being prepared, in a dialog that was heard from lately."""
        dialog = self._dialogs.get(chat)
        if dialog:
            try:
                await self._api.show_typing(dialog)
            except Undelivered:
                return  # it is a sign, and the answer comes all the same

    def routes(self) -> Iterable[web.RouteDef]:
        """List the address that MAX calls; none when it is polled."""
        if self._settings.mode == "polling":
            return ()
        secret, arrivals = self._settings.webhook_secret, self._surroundings.arrivals
        return Webhook(secret, arrivals, self._hear, self._follow_up).routes()

    async def run(self) -> None:
        """Set the menu of commands, then receive until cancelled."""
        await self._introduce()
        if self._settings.mode == "polling":
            await poll(self._api, self._surroundings.arrivals, self._hear, self._follow_up)
        else:
            await stay_subscribed(self._api, self._settings)

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def _introduce(self) -> None:
        """Set the menu; a bot without one still answers."""
        try:
            await self._api.offer_commands(commands(self._surroundings.words["ru"]))
        except Undelivered as failure:
            if failure.all_chats and failure.after is None:
                raise  # the token is refused
            _log.warning("max: the menu of commands is not set: %s", failure.reason)

    async def _hear(self, body: bytes) -> Told:
        """Hand on an update; what it says is durable when this returns."""
        told = read(body, self._trust, self._surroundings.clock())
        if told.arrival:
            self._remember(told.arrival.letter.chat, told.dialog)
            await self._surroundings.arrivals.take((told.arrival,))
        return told

    async def _follow_up(self, told: Told) -> None:
        """Answer a press, once what it says is durable and MAX knows that it is."""
        if told.press:
            language = told.arrival.letter.language if told.arrival else ""
            await self._presses.answer(told.press, language)

    def _remember(self, chat: str, dialog: int) -> None:
        """Note where to show that we type; forgotten when there are too many."""
        if dialog:
            self._dialogs.pop(chat, None)
            self._dialogs[chat] = dialog
        while len(self._dialogs) > _MOST_DIALOGS:
            del self._dialogs[next(iter(self._dialogs))]

    async def _send_with(
        self,
        chat: str,
        body: Mapping[str, Json],
        document: str,
        kind: str,
        draw: Callable[[], Awaitable[Upload]],
        again: Again,
    ) -> str:
        """Post words with a file, which MAX is given once if it is the same for everybody."""

        async def give() -> Json:
            return await self._api.upload(kind, await draw())

        async def send(held: Json) -> str:
            attachment: Json = {"type": kind, "payload": held}
            return await self._api.send(chat, {**body, "attachments": [attachment]})

        return await self._same.send(document, give, send, again)


def _trusting(ca_file: str) -> ssl.SSLContext | None:
    """Trust further roots beside those of the system; None when there are none."""
    if not ca_file:
        return None
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(ca_file)
    except OSError as error:
        raise ValueError(f"CA_FILE: {type(error).__name__}") from error
    return context
